"""The blueprint of plugins: it can't reach beyond its own addresses."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Blueprint

from portal.plugin_host.manifest import PluginError, check_id

FORBIDDEN = (
    "before_app_request",
    "after_app_request",
    "teardown_app_request",
    "app_context_processor",
    "app_errorhandler",
    "app_url_defaults",
    "app_url_value_preprocessor",
    "app_template_filter",
    "add_app_template_filter",
    "app_template_test",
    "add_app_template_test",
    "app_template_global",
    "add_app_template_global",
    "record",
    "record_once",
)


class PortalBlueprint(Blueprint):
    """A Flask blueprint named as the plugin's id and mounted at ``/<id>``. Raises PluginError for anything app-wide."""

    def __init__(self, plugin_id: str, import_name: str) -> None:
        check_id(plugin_id)
        super().__init__(plugin_id, import_name, url_prefix=f"/{plugin_id}")
        self._sealed = True

    def __getattribute__(self, name: str) -> Any:
        if name in FORBIDDEN and "_sealed" in super().__getattribute__("__dict__"):
            return _refuse(name)
        return super().__getattribute__(name)


def _refuse(name: str) -> NoReturn:
    raise PluginError(f"a plugin's blueprint may not use {name}: it would reach beyond the plugin")
