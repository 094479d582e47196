"""kill -9 in the middle of a switch: it is known at once on this machine, said, and can be tried again."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable

import pytest
from flask import Flask

from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host import lifecycle as switching
from portal.plugin_host.leases import Lease
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginState
from tests.fixtures.foreign import host_of

FORKING = multiprocessing.get_context("fork")
PHASES = {
    "enabling": ("migrate", "seed", "installed", "end"),
    "upgrading": ("migrate", "seed", "upgraded", "end"),
    "purging": ("purging", "files", "tables", "end"),
}
ENDS = {"enabling": "enabled", "upgrading": "enabled", "purging": "purged"}


@pytest.fixture
def lifecycle(guest_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Lifecycle:
    monkeypatch.setattr(switching, "DRAIN", switching.timedelta(0))
    return Lifecycle(host_of(guest_app))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def switch_and_die(lifecycle: Lifecycle, action: str, phase: str) -> None:
    """In a process of its own: do the action and be killed where the phase begins."""
    db.engine.dispose(close=False)
    note = Lease.note
    Lease.note = lambda lease, at: die() if at == phase else note(lease, at)  # type: ignore[method-assign]
    Lifecycle._finish = lambda *_, **__: die()  # type: ignore[method-assign]
    actions: dict[str, Callable[[], object]] = {
        "enabling": lambda: lifecycle.enable(system(), "notes"),
        "upgrading": lambda: lifecycle.upgrade(system(), "notes"),
        "purging": lambda: lifecycle.purge(system(), "notes", "notes"),
    }
    actions[action]()


def prepare(lifecycle: Lifecycle, action: str) -> None:
    """The state from which the action begins: never installed, on, or off."""
    lifecycle.scan()
    if state_of().state != "enabled":
        lifecycle.enable(system(), "notes")
    if action != "upgrading":
        lifecycle.disable(system(), "notes")
    if action == "enabling":
        lifecycle.purge(system(), "notes", "notes")


def state_of() -> PluginState:
    with unit_of_work():
        db.session.expire_all()
        row = db.session.get_one(PluginState, "notes")
        db.session.expunge(row)
    return row


@pytest.mark.parametrize("action", list(PHASES))
def test_killed_at_any_phase_it_is_said_and_tried_again(lifecycle: Lifecycle, action: str) -> None:
    for phase in PHASES[action]:
        prepare(lifecycle, action)
        db.session.remove()
        db.engine.dispose()
        child = FORKING.Process(target=switch_and_die, args=(lifecycle, action, phase))
        child.start()
        child.join(30)
        assert (child.exitcode, state_of().state) == (-signal.SIGKILL, action)
        lifecycle.scan()
        assert state_of().state == "failed" and state_of().reason.startswith("interrupted in ")
        lifecycle.retry(system(), "notes")
        assert (state_of().state, state_of().lease_until) == (ENDS[action], None)
