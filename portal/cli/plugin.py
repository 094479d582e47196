"""Plugins from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from portal.database import unit_of_work
from portal.errors import Invalid
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host import migrations
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.migrations import Lineage
from portal.plugin_host.models import PluginState
from portal.plugin_host.navigation import the_host

console = Console()


@click.group()
def plugin() -> None:
    """Look at plugins, switch them, and look after their schemas."""


@plugin.command("list")
@with_appcontext
def plugin_list() -> None:
    """Every plugin with version, state and reason."""
    host = the_host()
    with unit_of_work():
        stored = {row.id: (row.state, row.reason) for row in db.session.scalars(select(PluginState))}
    table = Table("id", "version", "stored state", "in force", "reason")
    for one in host.plugins.values():
        state, reason = stored.get(one.id, ("discovered", ""))
        table.add_row(one.id, one.version, state, "yes" if host.is_effective(one.id) else "no", one.error or reason)
    console.print(table)


@plugin.command("enable")
@click.argument("plugin_id")
@with_appcontext
def plugin_enable(plugin_id: str) -> None:
    """Switch a plugin on for everybody."""
    _lifecycle().enable(system(), plugin_id)
    click.echo(f"{plugin_id} is on")


@plugin.command("disable")
@click.argument("plugin_id")
@with_appcontext
def plugin_disable(plugin_id: str) -> None:
    """Switch a plugin off for everybody; its data stays."""
    _lifecycle().disable(system(), plugin_id)
    click.echo(f"{plugin_id} is off; its data is kept")


@plugin.command("upgrade")
@click.argument("plugin_id")
@with_appcontext
def plugin_upgrade(plugin_id: str) -> None:
    """Bring a plugin's schema to its code."""
    click.echo(f"{plugin_id}: schema {_lifecycle().upgrade(plugin_id)}")


@plugin.command("makemigration")
@click.argument("plugin_id")
@click.option("--message", "-m", required=True, help="What changes.")
@with_appcontext
def plugin_makemigration(plugin_id: str, message: str) -> None:
    """Write a new schema version from the models of a plugin (or of ``portal``, the core)."""
    lineage = _lineage(plugin_id)
    lineage.folder.mkdir(parents=True, exist_ok=True)
    click.echo(migrations.make_revision(the_host().settings.database, lineage, message))


@plugin.command("check")
@click.argument("plugin_ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="The core and every loaded plugin.")
@with_appcontext
def plugin_check(plugin_ids: tuple[str, ...], everything: bool) -> None:
    """Compare models and schema versions: prints the drift, exit code 1 when there is any."""
    names = ["portal", *(one.id for one in the_host().loaded)] if everything else list(plugin_ids)
    drifted = [name for name in names if _report_drift(name)]
    sys.exit(1 if drifted else 0)


def _report_drift(name: str) -> bool:
    lineage = _lineage(name)
    url = the_host().settings.database
    migrations.upgrade(url, lineage)
    changes = migrations.find_drift(url, lineage)
    click.echo(f"{name}: " + ("no drift" if not changes else "; ".join(changes)))
    return bool(changes)


def _lineage(name: str) -> Lineage:
    host = the_host()
    if name == "portal":
        return migrations.core_lineage(tuple(host.plugins))
    found = host.lineage(name) if name in host.plugins else None
    if found is None:
        raise Invalid(f"{name} is no plugin with tables")
    return found


def _lifecycle() -> Lifecycle:
    host = the_host()
    lifecycle = Lifecycle(host)
    lifecycle.scan()
    return lifecycle
