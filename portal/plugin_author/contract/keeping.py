"""The contract as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask

from portal.errors import PortalError
from portal.extensions import db
from portal.plugin_author.contract import content, loading, results, routes, schema, texts
from portal.plugin_author.contract.case import Case, Fill
from portal.plugin_author.rehearsal import Rehearsal, enter, host_of, on_stage, with_requirements
from portal.plugin_host.manifest import PluginError

# In this order: the last ones take away what the others look at.
CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (
    routes.check_addresses,
    routes.check_declarations,
    results.check_hooks,
    results.check_results,
    results.check_renderings,
    results.check_menus,
    texts.check_templates,
    texts.check_catalogues,
    loading.check_import,
    loading.check_state,
    loading.check_models,
    schema.check_tables,
    content.check_documents,
    routes.check_off,
    content.check_erasing,
    schema.check_migrations,
    schema.check_purging,
)


def assert_plugin_contract(plugin_id: str, fill: Fill | None = None, database_url: str = "") -> None:
    """Fail with a line for each thing that the installed plugin does otherwise than every plugin must.

    ``fill(member)`` makes, as this member, one of everything that the plugin keeps, so that search and erasure have
    something to look at. ``database_url``: an empty database; a new SQLite file if there is none."""
    breaches = find_breaches(plugin_id, fill, database_url)
    assert not breaches, f"The plugin {plugin_id} breaks its contract:\n- " + "\n- ".join(breaches)


def find_breaches(plugin_id: str, fill: Fill | None = None, database_url: str = "") -> list[str]:
    """What :func:`assert_plugin_contract` complains of; empty if all is well."""
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        try:
            rehearsal = Rehearsal(Path(folder), with_requirements([plugin_id]), database_url)
        except (PluginError, ImportError, SystemExit) as error:
            return [f"it can't be imported: {type(error).__name__}: {error}"]
        app = rehearsal.start()
        if error := host_of(app).plugins[plugin_id].error:
            return [f"it does not load: {error}"]
        with on_stage(app):
            return list(_examine(app, rehearsal, plugin_id, fill))


def _examine(app: Flask, rehearsal: Rehearsal, plugin_id: str, fill: Fill | None) -> Iterator[str]:
    try:
        rehearsal.prepare(app)
    except PortalError as error:
        yield f"it can't be switched on: {error.__cause__ or error}"
        return
    declared = [one.name for one in host_of(app).permissions.all() if one.owner == plugin_id]
    member, client = enter(app, "Kanari Vertragsvogel", "kanari.vertragsvogel@example.org", declared)
    case = Case(app, rehearsal, plugin_id, member, client, fill)
    content.fill(case)
    for check in CHECKS:
        yield from _made(check, case)


def _made(check: Callable[[Case], Iterator[str]], case: Case) -> Iterator[str]:
    """What the check finds; one that can't be finished is a finding too."""
    try:
        yield from check(case)
    except (Exception, SystemExit) as error:
        db.session.rollback()
        yield f"“{(check.__doc__ or '').splitlines()[0]}” can't be looked at: {type(error).__name__}: {error}"
