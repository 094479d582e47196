"""The life of plugins from the command line: what the administration's pages do, also for a broken portal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from portal.admin.services import leaving, plugins
from portal.admin.services.plugins import PluginView
from portal.database import unit_of_work
from portal.permissions.actor import command_line
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.navigation import the_host

console = Console(width=150)  # the same in a terminal, a file and a pipe
as_json = click.option("--json", "is_json", is_flag=True, help="For programs.")
plugin_id = click.argument("plugin_id")


@click.command("list")
@as_json
@with_appcontext
def plugin_list(is_json: bool) -> None:
    """Every plugin with version, state and reason."""
    with unit_of_work():
        found = plugins.list_plugins(command_line(), the_host())
    if is_json:
        click.echo(json.dumps([_summary(one) for one in found], indent=1))
        return
    table = Table("id", "version", "state", "schema", "needs", "reason")
    for one in found:
        table.add_row(one.id, one.version, one.condition, one.schema, ", ".join(one.requires), one.reason)
    console.print(table)


@click.command("show")
@plugin_id
@as_json
@with_appcontext
def plugin_show(plugin_id: str, is_json: bool) -> None:
    """One plugin, with what each serving process has of it."""
    with unit_of_work():
        found = plugins.get_plugin(command_line(), the_host(), plugin_id)
        nodes = [asdict(node) for node in found.nodes]
    if is_json:
        click.echo(json.dumps({**_summary(found), "nodes": nodes}, indent=1, default=str))
        return
    for name, value in _summary(found).items():
        click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    for node in nodes:
        sign = "loaded" if node["is_loaded"] else node["error"] or "not installed"
        click.echo(f"node {node['name']}: {sign} {node['version']} since {node['started_at']:%Y-%m-%d %H:%M} UTC")


@click.command("install")
@plugin_id
@with_appcontext
def plugin_install(plugin_id: str) -> None:
    """Make a plugin's tables and permissions; nothing of it is seen yet."""
    _run(lambda lifecycle: lifecycle.install(command_line(), plugin_id))
    click.echo(f"{plugin_id} is installed")


@click.command("enable")
@plugin_id
@click.option("--together", is_flag=True, help="Also switch on what it needs.")
@with_appcontext
def plugin_enable(plugin_id: str, together: bool) -> None:
    """Switch a plugin on for everybody."""
    done = _run(lambda lifecycle: lifecycle.enable(command_line(), plugin_id, together))
    click.echo(" and ".join(done) + (" is on" if len(done) == 1 else " are on"))


@click.command("disable")
@plugin_id
@click.option("--together", is_flag=True, help="Also switch off what needs it.")
@with_appcontext
def plugin_disable(plugin_id: str, together: bool) -> None:
    """Switch a plugin off for everybody; its data stays."""
    done = _run(lambda lifecycle: lifecycle.disable(command_line(), plugin_id, together))
    click.echo(" and ".join(done) + (" is off" if len(done) == 1 else " are off") + "; all data is kept")


@click.command("upgrade")
@plugin_id
@with_appcontext
def plugin_upgrade(plugin_id: str) -> None:
    """Bring a plugin's schema to its code."""
    click.echo(f"{plugin_id}: schema {_run(lambda lifecycle: lifecycle.upgrade(command_line(), plugin_id))}")


@click.command("retry")
@plugin_id
@with_appcontext
def plugin_retry(plugin_id: str) -> None:
    """Do once more what failed or was interrupted."""
    _run(lambda lifecycle: lifecycle.retry(command_line(), plugin_id))
    click.echo(f"{plugin_id}: done")


@click.command("purge")
@plugin_id
@click.option("--confirm", default="", help="The plugin's id once more, to delete its data for good.")
@click.option("--export", "copy", type=click.Path(dir_okay=False, path_type=Path), help="First write a ZIP of it all.")
@with_appcontext
def plugin_purge(plugin_id: str, confirm: str, copy: Path | None) -> None:
    """Delete all data of a plugin that is off; without --confirm only count it."""
    with unit_of_work():
        losses = leaving.count_losses(command_line(), plugin_id)
        if copy:
            leaving.export_plugin(command_line(), the_host(), plugin_id, copy)
    for table, count in losses.tables.items():
        click.echo(f"{count:>9} rows of {table}")
    for title, count in losses.things:
        click.echo(f"{count:>9} {title}")
    click.echo(f"{losses.grants:>9} grants, {losses.settings} settings")
    if not confirm:
        click.echo(f"nothing is deleted; to delete it: portal plugin purge {plugin_id} --confirm {plugin_id}")
        return
    _run(lambda lifecycle: lifecycle.purge(command_line(), plugin_id, confirm))
    click.echo(f"{plugin_id}: all its data is deleted")


def _run(work: Callable[[Lifecycle], Any]) -> Any:
    return work(Lifecycle(the_host()))


def _summary(one: PluginView) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "version": one.version,
        "state": one.condition,
        "wanted": one.is_wanted,
        "phase": one.phase,
        "reason": one.reason,
        "schema": one.schema,
        "installed_version": one.newer or one.version,
        "needs": list(one.requires),
        "needed_by": list(one.required_by),
        "tables": one.tables,
        "package": one.about.package,
    }


COMMANDS = (
    plugin_list,
    plugin_show,
    plugin_install,
    plugin_enable,
    plugin_disable,
    plugin_upgrade,
    plugin_retry,
    plugin_purge,
)
