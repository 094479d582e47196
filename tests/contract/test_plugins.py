"""What every plugin must keep, bundled or foreign."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from portal.permissions.actor import system
from portal.plugin_host import hookspecs, migrations
from portal.plugin_host.contributions import Card, Check, MenuEntry, SearchDocument, SearchType, Slot
from portal.plugin_host.host import PluginHost
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.loading import LoadedPlugin
from portal.web.access import find_access
from tests.fixtures.bundled import BUNDLED
from tests.fixtures.foreign import host_of

PLUGINS = (*BUNDLED, "notes")


@pytest.fixture
def host(guest_app: Flask) -> PluginHost:
    return host_of(guest_app)


@pytest.fixture(params=PLUGINS)
def plugin(request: pytest.FixtureRequest, host: PluginHost) -> LoadedPlugin:
    return host.plugins[request.param]


def rules_of(app: Flask, plugin: LoadedPlugin) -> list[tuple[str, str]]:
    """Each method and address of the plugin, with 1 in place of every variable."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] == plugin.id]
    filled = [(re.sub(r"<[^>]+>", "1", rule.rule), rule.methods or ()) for rule in rules]
    return [(method, path) for path, methods in filled for method in sorted(methods)]


def test_it_loads_and_is_in_force(host: PluginHost, plugin: LoadedPlugin) -> None:
    assert (plugin.error, host.is_effective(plugin.id)) == ("", True)


def test_every_route_declares_itself_and_is_prefixed(guest_app: Flask, plugin: LoadedPlugin) -> None:
    rules = [rule for rule in guest_app.url_map.iter_rules() if rule.endpoint.startswith(f"{plugin.id}.")]
    assert rules
    places = (f"/{plugin.id}/", f"/api/v1/{plugin.id}/")
    assert all(rule.rule.startswith(places) and find_access(guest_app, rule.endpoint) for rule in rules)


def test_every_route_answers_404_when_off(guest_app: Flask, plugin: LoadedPlugin) -> None:
    Lifecycle(host_of(guest_app)).disable(system(), plugin.id)
    client = guest_app.test_client()
    answers = {
        (method, path): client.open(path, method=method).status_code for method, path in rules_of(guest_app, plugin)
    }
    assert {key: status for key, status in answers.items() if status != 404} == {}


def test_migrations_go_up_down_up_and_leave_nothing(guest_app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    lineage = host.lineage(plugin.id)
    if lineage is None:
        return
    url = host.settings.database
    migrations.downgrade(url, lineage)
    with migrations.migrating(url) as connection:
        left = [name for name in migrations.inspect_tables(connection) if name.startswith(f"{plugin.id}_")]
    assert left == []
    assert migrations.upgrade(url, lineage) == lineage.head
    assert migrations.find_drift(url, lineage) == []


def test_tables_are_prefixed_and_keys_say_what_happens(host: PluginHost, plugin: LoadedPlugin) -> None:
    lineage = host.lineage(plugin.id)
    tables = lineage.metadata.tables.values() if lineage else ()
    assert all(table.name.startswith(f"{plugin.id}_") for table in tables)
    assert all(key.ondelete for table in tables for key in table.foreign_keys)


def test_templates_lie_under_the_plugins_name(plugin: LoadedPlugin) -> None:
    assert plugin.manifest is not None
    folder = plugin.folder / (plugin.manifest.templates or "templates")
    assert {path.name for path in folder.iterdir()} <= {plugin.id}


def test_it_gives_things_of_the_right_types(guest_app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    kinds = {"portal_cards": Card, "portal_slots": Slot, "portal_search_types": SearchType}
    given = [(kind, one) for hook, kind in kinds.items() for one in host.ask_one(plugin.id, hook) or []]
    with guest_app.test_request_context():
        for hook, kind in (("portal_menu", MenuEntry), ("portal_admin_menu", MenuEntry)):
            given += [(kind, one) for _, found in host.hooks.ask(hook, [plugin.id], member=system()) for one in found]
        given += [(Check, one) for _, found in host.hooks.ask("portal_health", [plugin.id]) for one in found]
    assert all(isinstance(one, kind) for kind, one in given)
    assert not host.hooks.breaker.failures


def test_its_hooks_exist_and_take_known_arguments(host: PluginHost, plugin: LoadedPlugin) -> None:
    for name, function in inspect.getmembers(plugin.module, inspect.isfunction):
        if name.startswith("portal_"):
            known = inspect.signature(getattr(hookspecs, name)).parameters
            assert set(inspect.signature(function).parameters) <= set(known)


def test_search_documents_carry_readers(guest_app: Flask, host: PluginHost, plugin: LoadedPlugin) -> None:
    with guest_app.test_request_context():
        documents: list[SearchDocument] = [
            document
            for _, found in host.hooks.ask("portal_search_documents", [plugin.id], since=None)
            for document in found
        ]
    assert all(document.readers and document.type.startswith(f"{plugin.id}.") for document in documents)


def test_german_is_complete(plugin: LoadedPlugin) -> None:
    assert plugin.manifest is not None and plugin.manifest.translations
    path = plugin.folder / plugin.manifest.translations / "de" / "LC_MESSAGES" / f"{plugin.id}.po"
    with path.open("rb") as file:
        found = [message for message in read_po(file) if message.id]
    unfinished = [message.id for message in found if message.fuzzy or not message.string]
    assert unfinished == []


@pytest.fixture
def imported_alone(foreign_distribution: Path) -> Iterator[dict[str, list[str]]]:
    """What importing each plugin's module does, seen in a process without application or settings."""
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "import sqlite3, socket; opened = []\n"
        "watched = ('sqlite3.connect', 'socket.connect')\n"
        "sys.addaudithook(lambda event, args: event in watched and opened.append(event))\n"
        "from importlib.metadata import entry_points\n"
        "result = {}\n"
        "for point in entry_points(group='portal.plugins'):\n"
        "    point.load(); result[point.name] = list(opened)\n"
        "print(json.dumps(result))\n"
    )
    command = [sys.executable, "-c", program, str(foreign_distribution)]
    yield json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def test_importing_opens_no_database(imported_alone: dict[str, list[str]]) -> None:
    assert imported_alone == dict.fromkeys(sorted(imported_alone), [])
    assert set(PLUGINS) <= set(imported_alone)
