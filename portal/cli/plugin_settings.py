"""Settings of plugins from the command line."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from flask.cli import with_appcontext

from portal.database import unit_of_work
from portal.errors import Invalid
from portal.permissions.actor import command_line
from portal.plugin_host.navigation import the_host
from portal.plugin_host.settings import MASK, SettingView, change_settings, list_settings


@click.command("settings")
@click.argument("plugin_id")
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--stdin", is_flag=True, help="Read the value from the standard input, as for secrets.")
@click.option("--default", "is_default", is_flag=True, help="Put the setting back to its default.")
@click.option("--json", "is_json", is_flag=True, help="For programs.")
@with_appcontext
def plugin_settings(
    plugin_id: str, key: str | None, value: str | None, stdin: bool, is_default: bool, is_json: bool
) -> None:
    """Print a plugin's settings, or change one."""
    if key and stdin:
        value = sys.stdin.read().rstrip("\n")
    if key and (value is not None or is_default):
        _change(plugin_id, key, None if is_default else value)
    with unit_of_work():
        views = [
            view for view in list_settings(command_line(), the_host(), plugin_id) if key in (None, view.setting.key)
        ]
    if is_json:
        click.echo(json.dumps({view.setting.key: _plain(view) for view in views}, indent=1))
        return
    for view in views:
        origin = f"set by {view.variable}" if view.is_locked else "set" if view.is_set else "default"
        click.echo(f"{view.setting.key} = {_plain(view)}  ({origin})")


def _change(plugin_id: str, key: str, text: str | None) -> None:
    declared = the_host().declared.get(plugin_id, {}).get(key)
    if declared is None:
        raise Invalid("There is no setting called %(name)s.", name=key)
    try:
        value = None if text is None else declared.read(text)
    except ValueError as error:
        raise Invalid(str(error).replace("%", "%%")) from error
    with unit_of_work():
        change_settings(command_line(), the_host(), plugin_id, {key: value}, None)


def _plain(view: SettingView) -> Any:
    if view.setting.kind == "secret":
        return MASK if view.is_set or view.is_locked else ""
    return view.value
