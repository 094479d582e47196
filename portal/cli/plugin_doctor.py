"""What is wrong with plugins, and what to do next."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from portal.admin.services.plugins import PluginView, get_plugin, list_plugins
from portal.database import unit_of_work
from portal.permissions.actor import system
from portal.plugin_host.navigation import the_host
from portal.plugin_host.settings import list_settings

# condition: what it means, what to do; {id} is the plugin's
KNOWN = {
    "waiting": ("it is on, but a plugin that it needs is not", "portal plugin enable {id} --together"),
    "behind": ("its tables are older than its code", "portal plugin upgrade {id}"),
    "ahead": ("its tables are newer than its code", "install the newer package again and restart"),
    "broken": ("its package could not be loaded", "mend or remove the package, then restart"),
    "failed": ("a switch failed", "mend the reason, then: portal plugin retry {id}"),
    "missing": ("its package is gone", "install it again and restart, or: portal plugin purge {id}"),
    "busy": ("it is being switched", "wait; a process that ended is noticed within five minutes"),
    "unloaded": ("its package is installed but not loaded", "restart, or look at PORTAL_PLUGINS"),
}


@click.command("doctor")
@click.option("--json", "is_json", is_flag=True, help="For programs.")
@with_appcontext
def plugin_doctor(is_json: bool) -> None:
    """Explain every problem of the plugins and the next step; exit code 1 when there is any."""
    host = the_host()
    with unit_of_work():
        names = [one.id for one in list_plugins(system(), host)]
        found = [one for name in names for one in _problems(get_plugin(system(), host, name))]
    if is_json:
        click.echo(json.dumps([dict(zip(("plugin", "problem", "next"), one, strict=True)) for one in found], indent=1))
    else:
        for name, problem, step in found:
            click.echo(f"BAD {name}: {problem}\n    next: {step}")
        if not found:
            click.echo(f"ok  {len(names)} plugins, nothing to do")
    sys.exit(1 if found else 0)


def _problems(view: PluginView) -> Iterator[tuple[str, str, str]]:
    if view.condition in KNOWN:
        meaning, step = KNOWN[view.condition]
        reason = f" ({view.phase + ': ' if view.phase else ''}{view.reason})" if view.reason else ""
        yield view.id, meaning + reason, step.format(id=view.id)
    if view.newer:
        yield view.id, f"version {view.newer} is installed, {view.version} runs", "restart"
    for check in view.health:
        if not check.ok:
            yield view.id, f"{check.name}: {check.text}", "see its page in the administration"
    yield from _of_nodes(view)
    for one in list_settings(system(), the_host(), view.id):
        if one.is_unreadable:
            step = f"portal plugin settings {view.id} {one.setting.key} --stdin"
            yield view.id, f"the setting {one.setting.key} can't be read (the secret key changed?)", step


def _of_nodes(view: PluginView) -> Iterator[tuple[str, str, str]]:
    for node in view.nodes:
        if not node.is_live:  # ended; its row goes within the hour
            continue
        if node.error:
            yield view.id, f"{node.name} could not load it: {node.error}", "mend the package there and restart"
        elif not node.is_loaded and view.is_wanted:
            yield view.id, f"{node.name} lacks it", "install the package there and restart"
        elif node.is_outdated:
            yield view.id, f"{node.name} runs {node.version}, another version is installed", "restart it"
