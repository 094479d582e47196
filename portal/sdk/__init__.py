"""The public face for plugins: the only thing of the portal that a plugin imports. Names leave it only after deprecation."""

from portal.plugin_host.hookspecs import hookimpl
from portal.plugin_host.manifest import API, Plugin

__all__ = ["API", "Plugin", "hookimpl"]
