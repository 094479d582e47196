"""Mounting loaded plugins on the application, once, at start: blueprints, templates, permissions, jobs, commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import click
from flask import Flask, Response, send_from_directory
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, FunctionLoader

from portal.config import SettingsError
from portal.jobs.registry import Job, JobRegistry
from portal.permissions.actor import PUBLIC
from portal.permissions.registry import Permission
from portal.plugin_host.blueprint import ApiBlueprint, PortalBlueprint
from portal.plugin_host.host import PluginHost
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.manifest import PluginError
from portal.plugin_host.settings import check_overrides, declare
from portal.web.access import access, find_access
from portal.web.api import the_api
from portal.web.assets import hashed_name


def mount_plugins(app: Flask, host: PluginHost, jobs: JobRegistry) -> None:
    """Ask each loaded plugin for its contributions; one that breaks a rule fails alone."""
    steps: list[tuple[str, Callable[[Flask, PluginHost, LoadedPlugin], None]]] = [
        ("permissions", _mount_permissions),
        ("settings", _mount_settings),
        ("blueprints", _mount_blueprints),
        ("api", _mount_api),
        ("jinja", _mount_jinja),
        ("commands", _mount_commands),
        ("jobs", lambda app, host, plugin: _mount_jobs(jobs, host, plugin)),
        ("contributions", lambda app, host, plugin: host.collect(plugin.id)),
    ]
    for plugin in host.loaded:
        for phase, step in steps:
            try:
                step(app, host, plugin)
            except SettingsError:
                raise  # the operator's mistake, not the plugin's
            except (Exception, SystemExit) as error:
                host.fail(plugin.id, phase, error)
                _unmount(app, plugin.id)
                if host.settings.plugins_strict:
                    raise
                break
    check_overrides(host)
    _install_loader(app, host)


def _unmount(app: Flask, plugin_id: str) -> None:
    """Take the views of a plugin away that broke a rule: its undeclared routes would stop the portal's own check."""
    for endpoint in [name for name in app.view_functions if name.split(".", 1)[0] == plugin_id]:
        del app.view_functions[endpoint]


def _named(names: list[str], prefix: str, what: str) -> None:
    for name in names:
        if not name.startswith(prefix):
            raise PluginError(f"the {what} {name!r} must begin with {prefix!r}")


def _mount_permissions(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    permissions: list[Permission] = host.ask_one(plugin.id, "portal_permissions") or []
    _named([one.name for one in permissions], f"{plugin.id}.", "permission")
    host.permissions.add(permissions)


def _mount_settings(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    declare(host, plugin.id, host.ask_one(plugin.id, "portal_settings") or [])


def _mount_blueprints(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    blueprints = host.ask_one(plugin.id, "portal_blueprints") or []
    for blueprint in blueprints:
        if not isinstance(blueprint, PortalBlueprint) or blueprint.name != plugin.id:
            raise PluginError("blueprints must be PortalBlueprint(id, …)")
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    _add_static(app, plugin)
    _check_declared(app, plugin)


def _mount_api(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    blueprints = host.ask_one(plugin.id, "portal_api") or []
    for blueprint in blueprints:
        if not isinstance(blueprint, ApiBlueprint) or blueprint.name != plugin.id:
            raise PluginError("resources must be of an ApiBlueprint(id, …)")
    for blueprint in blueprints:
        the_api(app).register_blueprint(blueprint, name=f"{plugin.id}.api")
    _check_declared(app, plugin)


def _check_declared(app: Flask, plugin: LoadedPlugin) -> None:
    own = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{plugin.id}.")}
    if undeclared := sorted(endpoint for endpoint in own if find_access(app, endpoint) is None):
        raise PluginError("routes without @access: " + ", ".join(undeclared))


def _add_static(app: Flask, plugin: LoadedPlugin) -> None:
    if plugin.manifest is None or not plugin.manifest.static:
        return
    folder = plugin.folder / plugin.manifest.static

    @access(PUBLIC, cache="immutable", rate="file")
    def plugin_static(filename: str) -> Response:
        return send_from_directory(folder, filename, max_age=None)

    app.add_url_rule(f"/{plugin.id}/static/<path:filename>", f"{plugin.id}.static", plugin_static)
    app.jinja_env.globals[f"{plugin.id}_asset"] = _asset_function(plugin.id, folder)


def _asset_function(plugin_id: str, folder: Path) -> Callable[[str], str]:
    return cache(lambda name: f"/{plugin_id}/static/build/{hashed_name(folder / 'build', name)}")


def _mount_jinja(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    given: dict[str, dict[str, Any]] = host.ask_one(plugin.id, "portal_jinja") or {}
    for kind, target in (
        ("filters", app.jinja_env.filters),
        ("tests", app.jinja_env.tests),
        ("globals", app.jinja_env.globals),
    ):
        _named(list(given.get(kind, {})), f"{plugin.id}_", kind)
        target.update(given.get(kind, {}))


def _mount_commands(app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    group: click.Group | None = host.ask_one(plugin.id, "portal_cli")
    if group is not None:
        app.cli.add_command(group, plugin.id)


def _mount_jobs(jobs: JobRegistry, host: PluginHost, plugin: LoadedPlugin) -> None:
    given: list[Job] = host.ask_one(plugin.id, "portal_jobs") or []
    _named([one.name for one in given], f"{plugin.id}.", "job")
    jobs.add(given)


def _install_loader(app: Flask, host: PluginHost) -> None:
    """Templates of a plugin are found only as ``<id>/…``, so none can shadow the core's or another's."""
    loaders: dict[str, BaseLoader] = {
        plugin.id: FileSystemLoader(plugin.folder / plugin.manifest.templates)
        for plugin in host.loaded
        if plugin.manifest and plugin.manifest.templates
    }

    def load(name: str) -> Any:
        loader = loaders.get(name.split("/", 1)[0])
        return loader.get_source(app.jinja_env, name) if loader else None

    core = FileSystemLoader(Path(app.root_path) / "templates")
    app.jinja_env.loader = ChoiceLoader([core, FunctionLoader(load)])
