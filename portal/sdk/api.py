"""Resources of the HTTP API."""

from portal.plugin_host.blueprint import ApiBlueprint

__all__ = ["ApiBlueprint"]
