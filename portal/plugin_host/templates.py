"""What templates may take as fixed for a language and a set of plugins: see :mod:`portal.web.folding`."""

from __future__ import annotations

from collections.abc import Hashable

from flask import Flask, has_request_context, request, url_for
from flask_babel import gettext

from portal.plugin_host.navigation import plugin_is_on, plugin_url, the_host
from portal.plugin_host.translations import reading_language
from portal.web.assets import asset, icon


def variant() -> tuple[Hashable, Hashable]:
    """The plugins in force and the reader's language."""
    return the_host().now.effective, reading_language()


def fixed_address(endpoint: str, **values: object) -> str:
    """The address of a page of this portal. Raises LookupError where it depends on more than ``endpoint``: on values,
    or on where the server in front says that the portal begins."""
    if values or not has_request_context() or request.script_root:
        raise LookupError(endpoint)
    return url_for(endpoint)


def fixed_plugin_address(endpoint: str, **values: object) -> str | None:
    """As :func:`fixed_address`, and None while the plugin is off."""
    if values or not has_request_context() or request.script_root:
        raise LookupError(endpoint)
    return plugin_url(endpoint)


def configure_templates(app: Flask) -> None:
    """Called when all plugins are mounted, as their functions for built files are fixed too."""
    env = app.jinja_env
    built = {name: function for name, function in env.globals.items() if name.endswith("_asset")}
    folds = {"_": gettext, "asset": asset, "icon": icon, "plugin": plugin_is_on}
    folds |= {"url_for": fixed_address, "plugin_url": fixed_plugin_address}
    env.configure_folding(variant, folds | built)  # type: ignore[attr-defined]
