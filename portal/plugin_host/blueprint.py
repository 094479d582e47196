"""The blueprint of plugins: it can't reach beyond its own addresses."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import flask_smorest
from flask import Blueprint

from portal.plugin_host.manifest import PluginError, check_id
from portal.web.api import PREFIX

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
)
FORBIDDEN_BUT_TO_FLASK = ("record", "record_once")  # Flask's own route decorators are built on these


class Contained:
    """What a blueprint may not do."""

    def __getattribute__(self, name: str) -> Any:
        if name in FORBIDDEN or (name in FORBIDDEN_BUT_TO_FLASK and not _flask_asks()):
            _refuse(name)
        return super().__getattribute__(name)


class PortalBlueprint(Contained, Blueprint):
    """A Flask blueprint named as the plugin's id and mounted at ``/<id>``. Raises PluginError for anything app-wide."""

    def __init__(self, plugin_id: str, import_name: str) -> None:
        check_id(plugin_id)
        super().__init__(plugin_id, import_name, url_prefix=f"/{plugin_id}")


class ApiBlueprint(Contained, flask_smorest.Blueprint):
    """Resources of the HTTP API below ``/api/v1/<id>/``, endpoints ``<id>.api.…``: a blueprint of flask-smorest, whose
    ``arguments`` and ``response`` check and describe. Raises PluginError for anything app-wide."""

    def __init__(self, plugin_id: str, import_name: str, description: str = "") -> None:
        check_id(plugin_id)
        super().__init__(plugin_id, import_name, url_prefix=f"{PREFIX}{plugin_id}", description=description)


def _flask_asks() -> bool:
    asker = sys._getframe(2).f_globals.get("__name__", "")
    return asker.split(".", 1)[0] == "flask"


def _refuse(name: str) -> NoReturn:
    raise PluginError(f"a plugin's blueprint may not use {name}: it would reach beyond the plugin")
