"""The nodes: each serving process says that it lives and what it has loaded, and a switch heeds them."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.database import unit_of_work, utcnow, writing
from portal.errors import Invalid
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host.host import PluginHost
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginNode
from portal.plugin_host.nodes import CORE, LIVE_FOR, Presence, list_lacking
from portal.plugin_host.processes import _start_of, process_mark
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import BACKEND
from tests.fixtures.foreign import host_of
from tests.fixtures.people import open_login

one_lock = pytest.mark.skipif(
    BACKEND == "postgres", reason="SQLite has one lock for all; PostgreSQL locks rows, and nobody else writes these"
)


@pytest.fixture
def host(guest_app: Flask) -> PluginHost:
    vars(host_of(guest_app))["node"] = "here:1"
    return host_of(guest_app)


@pytest.fixture
def presence(host: PluginHost) -> Presence:
    return host.attend()


@pytest.fixture
def bare_node(other_worker: Flask) -> Presence:
    """Another running process, which has everything but the foreign plugin."""
    host = host_of(other_worker)
    vars(host)["node"] = "there:2"
    del host.plugins["notes"]
    with other_worker.app_context():
        return host.attend()


def rows_of(node: str) -> dict[str, PluginNode]:
    with unit_of_work():
        db.session.expire_all()
        found = {row.id: row for row in db.session.scalars(sa.select(PluginNode).where(PluginNode.node == node))}
        db.session.expunge_all()
    return found


def admin(guest_app: Flask) -> PortalClient:
    return guest_app.test_client().log_in_as(open_login("admin"))  # type: ignore[attr-defined]


@contextmanager
def locked(guest_app: Flask) -> Iterator[None]:
    """Somebody else holds the database's write lock."""
    with writing(), db.engine.begin():
        yield


def test_a_node_says_what_it_has_loaded(host: PluginHost, presence: Presence) -> None:
    host.plugins["notes"].fail("import", ImportError("gone"))
    host.attend()
    rows = rows_of("here:1")
    assert set(rows) == {CORE, *host.plugins}
    assert (rows["events"].loaded, rows["notes"].loaded) == (True, False)
    assert "ImportError: gone" in rows["notes"].error


def test_commands_are_no_nodes(guest_app: Flask, host: PluginHost) -> None:
    host.sync(force=True)
    guest_app.test_client().get("/")
    assert rows_of("here:1") == {}


def test_a_request_refreshes_once_a_minute(guest_app: Flask, presence: Presence) -> None:
    first = rows_of("here:1")[CORE].seen_at
    guest_app.test_client().get("/")
    assert rows_of("here:1")[CORE].seen_at == first
    presence._due = 0
    guest_app.test_client().get("/")
    assert rows_of("here:1")[CORE].seen_at > first


@one_lock
def test_a_request_never_waits_for_anothers_lock(guest_app: Flask, presence: Presence) -> None:
    first, presence._due = rows_of("here:1")[CORE].seen_at, 0
    with locked(guest_app):
        started = time.monotonic()
        assert guest_app.test_client().get("/").status_code in (200, 302)
        assert time.monotonic() - started < 2
    assert rows_of("here:1")[CORE].seen_at == first
    assert 0 < presence._due - time.monotonic() < 6


@one_lock
def test_who_ends_waits_for_the_lock_and_is_no_node_any_more(guest_app: Flask, presence: Presence) -> None:
    with locked(guest_app):
        leaving = threading.Thread(target=presence.leave)
        leaving.start()
        time.sleep(0.3)
        assert leaving.is_alive()
    leaving.join(10)
    assert rows_of("here:1") == {}


@one_lock
def test_it_leaves_no_lock_and_patience_as_before(presence: Presence) -> None:
    presence._due = 0
    presence.note()
    with writing(), db.engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 15_000


def test_a_node_that_ends_is_taken_off(presence: Presence) -> None:
    presence.leave()
    assert rows_of("here:1") == {}


def test_enabling_is_refused_while_a_live_node_lacks_the_plugin(host: PluginHost, bare_node: Presence) -> None:
    Lifecycle(host).disable(system(), "notes")
    with pytest.raises(Invalid, match="nodes") as refused:
        Lifecycle(host).enable(system(), "notes")
    assert refused.value.details["nodes"].startswith("there:2 (")
    assert not host.is_effective("notes")


def test_a_node_not_seen_lately_stops_nobody(host: PluginHost, bare_node: Presence) -> None:
    Lifecycle(host).disable(system(), "notes")
    with unit_of_work():
        late = utcnow() - LIVE_FOR - timedelta(seconds=1)
        db.session.execute(sa.update(PluginNode).values(seen_at=late, mark="another machine/1/1"))
    Lifecycle(host).enable(system(), "notes")
    assert host.is_effective("notes")


def test_plugin_show_lists_two_nodes(guest_app: Flask, presence: Presence, bare_node: Presence) -> None:
    page = admin(guest_app).get("/admin/plugins/notes", headers={"Accept-Language": "en"}).text
    row = {name: page.split(name)[1].split("</tr>")[0] for name in ("here:1", "there:2")}
    assert "Loaded" in row["here:1"]
    assert "Not installed here" in row["there:2"]


def test_list_lacking_counts_what_failed_to_load(host: PluginHost) -> None:
    host.plugins["notes"].fail("import", ImportError("gone"))
    host.attend()
    assert ([one.name for one in list_lacking("notes")], list_lacking("events")) == (["here:1"], [])


def test_a_process_of_this_machine_that_was_killed_stops_nobody(host: PluginHost, bare_node: Presence) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        place, _pid, _start = process_mark().split("/")
        mark = f"{place}/{other.pid}/{_start_of(other.pid)}"
        with unit_of_work():
            db.session.execute(sa.update(PluginNode).values(mark=mark))
        assert [one.name for one in list_lacking("notes")] == ["there:2"]
        other.kill()
    assert list_lacking("notes") == []
