"""A plugin that is broken, at loading, in its migration or while it runs: the core stays up and its data intact."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.errors import Invalid
from portal.extensions import db
from portal.members.models import Member
from portal.permissions.actor import system
from portal.plugin_author.rehearsal import enter, host_of, leave_database
from portal.plugin_host import lifecycle, migrations
from portal.plugin_host.host import PluginHost
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginState
from tests.broken_plugins.samples import AT_LOADING

REASONS = {name: reason for name, (_, reason) in AT_LOADING.items()}
REASONS |= {"mismapped": "NobodyKnows", "twice": "two distributions offer"}
MODES = ("raise", "leave", "wrong", "poison", "delete")
PAGES = {
    "menu": "/",
    "principals": "/",
    "card": "/",
    "slot": "/members/{id}",
    "admin_menu": "/admin/",
    "health": "/admin/plugins",
}


Grumpy = Callable[[str, str], None]


@pytest.fixture
def grumpy(broken: Flask, monkeypatch: pytest.MonkeyPatch) -> Grumpy:
    """``grumpy("menu", "raise")``: from now on the plugin does that there."""

    def be(place: str, mode: str) -> None:
        plugin = sys.modules["portal_grumpy.plugin"]
        monkeypatch.setattr(plugin, "place", place)
        monkeypatch.setattr(plugin, "mode", mode)

    return be


def count_members() -> int:
    return db.session.scalar(select(func.count()).select_from(Member)) or 0


def state_of(plugin_id: str) -> tuple[str, str]:
    row = db.session.get(PluginState, plugin_id, populate_existing=True)
    assert row is not None
    return row.state, row.reason


@pytest.mark.parametrize("plugin_id", REASONS)
def test_what_does_not_load_is_listed_with_the_reason(broken: Flask, plugin_id: str) -> None:
    plugin = host_of(broken).plugins[plugin_id]
    assert not plugin.is_loaded and REASONS[plugin_id] in plugin.error
    assert state_of(plugin_id)[0] == "failed" and REASONS[plugin_id] in state_of(plugin_id)[1]


@pytest.mark.parametrize("plugin_id", REASONS)
def test_what_does_not_load_can_not_be_switched_on_and_is_no_address(broken: Flask, plugin_id: str) -> None:
    with pytest.raises(Invalid):
        Lifecycle(host_of(broken)).enable(system(), plugin_id)
    assert broken.test_client().get(f"/{plugin_id}/").status_code == 404
    assert broken.test_client().get("/login").status_code == 200


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_stands_whatever_a_hook_does(
    broken: Flask, monkeypatch: pytest.MonkeyPatch, place: str, mode: str
) -> None:
    actor, client = enter(broken, "Ada Admin", f"{place}.{mode}@netz.example", ["plugins.manage"])
    before = db.session.scalar(select(func.count()).select_from(Member))
    grumpy = sys.modules["portal_grumpy.plugin"]
    monkeypatch.setattr(grumpy, "place", place)
    monkeypatch.setattr(grumpy, "mode", mode)
    assert client.get(PAGES[place].format(id=actor.id)).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Member)) == before
    assert host_of(broken).is_effective("grumpy")


@pytest.mark.parametrize("mode", MODES)
def test_a_change_is_kept_whatever_a_hook_does(broken: Flask, grumpy: Grumpy, mode: str) -> None:
    _, client = enter(broken, "Mia Mitglied", f"change.{mode}@netz.example")
    before = count_members()
    grumpy("menu", mode)
    assert client.post("/preferences/theme", data={"theme": "dark"}).status_code == 302
    chosen = select(Member.theme).where(Member.email == f"change.{mode}@netz.example")
    assert (db.session.scalar(chosen), count_members()) == ("dark", before)


@pytest.mark.parametrize("statement", [1, 2, 3, 4])
def test_a_migration_that_fails_leaves_nothing_and_works_once_mended(
    broken: Flask, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    host, slipping = host_of(broken), sys.modules["portal_slipping.plugin"]
    monkeypatch.setattr(slipping, "at", statement)
    with pytest.raises(Invalid):
        Lifecycle(host).enable(system(), "slipping")
    assert own_tables(host) == []
    assert state_of("slipping")[0] == "failed" and "no_such_table" in state_of("slipping")[1]
    monkeypatch.setattr(slipping, "at", 0)
    Lifecycle(host).retry(system(), "slipping")
    assert host.is_effective("slipping") and own_tables(host) == ["slipping_thing"]
    Lifecycle(host).disable(system(), "slipping")
    take_back(host, monkeypatch)


def own_tables(host: PluginHost) -> list[str]:
    leave_database()
    with migrations.migrating(host.settings.database) as connection:
        return [one for one in migrations.inspect_tables(connection) if one.startswith("slipping_")]


def take_back(host: PluginHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """Purge it without waiting for other workers: there are none."""
    leave_database()
    monkeypatch.setattr(lifecycle, "DRAIN", timedelta())
    Lifecycle(host).purge(system(), "slipping", "slipping")
