"""Plugins from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from portal.errors import Invalid
from portal.plugin_host import migrations
from portal.plugin_host.migrations import Lineage
from portal.plugin_host.navigation import the_host


@click.group()
def plugin() -> None:
    """Look at plugins, switch them, and look after their schemas."""


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
