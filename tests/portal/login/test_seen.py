"""When a device was last used: written by a job, never by the page itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.jobs import queue
from portal.login.models import LoginSession
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jobs that were nudged; they run as ever."""
    names: list[str] = []
    push = queue.push

    def note(name: str, arguments: dict[str, Any]) -> None:
        names.append(name)
        push(name, arguments)

    monkeypatch.setattr(queue, "push", note)
    return names


def seen_at() -> datetime:
    with unit_of_work():
        return db.session.scalars(select(LoginSession.seen_at)).one()


def test_a_device_in_use_is_seen_again(login: LogIn) -> None:
    client, later = login("member"), utcnow() + timedelta(minutes=11)
    with time_machine.travel(later, tick=False):
        client.get("/members/")
        assert seen_at() == later


def test_a_device_is_noted_once_in_ten_minutes(login: LogIn, nudges: list[str]) -> None:
    client = login("member")
    for minutes in (5, 11, 12, 20, 22):
        with time_machine.travel(utcnow() + timedelta(minutes=minutes)):
            client.get("/members/")
    assert nudges.count("login.note_seen") == 2


def test_a_worker_that_is_away_is_not_nudged_on_every_page(
    login: LogIn, nudges: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("member")
    monkeypatch.setattr(queue, "push", lambda name, arguments: nudges.append(name))
    for seconds in range(3):
        with time_machine.travel(utcnow() + timedelta(minutes=11, seconds=seconds)):
            client.get("/members/")
    assert nudges.count("login.note_seen") == 1


def test_session_list_says_when_a_device_was_last_used(login: LogIn) -> None:
    client = login("member")
    with time_machine.travel(utcnow() + timedelta(hours=5)):
        client.get("/members/")
        text = client.get("/me/sessions", headers={"Accept-Language": "en"}).text
    assert "Last used" in text
