"""Hashing is slow on purpose, and keeps no other writer waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import LoginThrottle
from portal.login.services import links, passwords
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import can_others_write
from tests.fixtures.people import PASSWORD, address

LogIn = Callable[..., PortalClient]
NEW = "wolke-leiter-senf-trommel"
CHOICE = {"password": NEW, "again": NEW}


class Watched:
    """The hasher, noting each time whether others could write meanwhile."""

    def __init__(self) -> None:
        self.free: list[bool] = []
        self.real = passwords.hasher

    def __getattr__(self, name: str) -> Any:
        def work(*values: str) -> Any:
            self.free.append(can_others_write())
            return getattr(self.real, name)(*values)

        return work


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched()
    monkeypatch.setattr(passwords, "hasher", watched)
    return watched


@pytest.fixture
def strength(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether others could write each time a password's strength was weighed."""
    free: list[bool] = []
    monkeypatch.setattr(passwords, "zxcvbn", lambda *_, **__: free.append(can_others_write()) or {"score": 4})
    return free


def test_security_update_hashes_without_the_lock(login: LogIn, hasher: Watched, strength: list[bool]) -> None:
    answer = login("member").post("/me/security", data={"old_password": PASSWORD, **CHOICE})
    assert answer.status_code == 302
    assert (hasher.free, strength) == ([True, True], [True])


def test_redeeming_a_link_hashes_without_the_lock(
    client: PortalClient, link: Callable[..., str], hasher: Watched, strength: list[bool]
) -> None:
    assert client.post("/login/reset/" + link("member", "reset"), data=CHOICE).status_code == 302
    assert (hasher.free, strength) == ([True], [True])


@pytest.mark.parametrize("stored", ["right", "wrong", "weaker"])
def test_login_submit_hashes_without_the_lock(client: PortalClient, hasher: Watched, stored: str) -> None:
    if stored == "weaker":
        with unit_of_work():
            weak = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
            db.session.execute(update(Member).where(Member.email == address("member")).values(password_hash=weak))
    password = "falsch" if stored == "wrong" else PASSWORD
    client.post("/login", data={"email": address("member"), "password": password})
    assert hasher.free and all(hasher.free)


def test_security_update_counts_before_it_hashes(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, hashed = login("member"), []
    monkeypatch.setattr(passwords, "is_correct", lambda *_: hashed.append(1) or False)
    answers = [client.post("/me/security", data={"old_password": "x", **CHOICE}) for _ in range(12)]
    assert len(hashed) == 10
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2


def test_security_update_that_succeeds_counts_nothing(login: LogIn) -> None:
    login("member").post("/me/security", data={"old_password": PASSWORD, **CHOICE})
    with unit_of_work():
        assert not db.session.scalars(select(LoginThrottle)).all()


def test_a_password_changed_meanwhile_is_not_overwritten(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtake(password: str) -> str:
        with unit_of_work():
            db.session.execute(update(Member).where(Member.email == address("member")).values(password_hash="theirs"))
        return "mine"

    client = login("member")
    monkeypatch.setattr(links.passwords, "hash_password", overtake)
    assert client.post("/me/security", data={"old_password": PASSWORD, **CHOICE}).status_code == 409
    with unit_of_work():
        assert db.session.scalar(select(Member.password_hash).where(Member.email == address("member"))) == "theirs"


def test_a_password_changed_while_it_was_checked_lets_nobody_in(
    client: PortalClient, login: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_correct(password: str, kept: str) -> bool:
        with unit_of_work():
            db.session.execute(update(Member).where(Member.email == address("member")).values(password_hash="new"))
        return True

    monkeypatch.setattr(passwords, "is_correct", is_correct)
    fields = {"email": address("member"), "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 401
    assert db.session.scalar(select(Member.password_hash).where(Member.email == address("member"))) == "new"
