"""The public face for plugins, and all they import of the portal. Names leave it only after deprecation."""

from portal.plugin_host.hookspecs import hookimpl
from portal.plugin_host.manifest import API, Plugin

__all__ = ["API", "Plugin", "hookimpl"]
