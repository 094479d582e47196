"""Each secret opens one door, once, in time and for its own: the matrix of kinds, doors, people and what happened."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.database import utcnow
from portal.extensions import limiter
from portal.login.services import passwords
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, open_login
from tests.security.tokens import KINDS, list_columns, list_links, list_signed, make_secrets

SERVES_AGAIN = {"session", "end of notices"}  # until it is ended; an end that ends again
NEVER_OVER = {"recovery code", "end of notices"}  # until it is used or renewed; a mail may be read years later
SIGNED = {"views.cookies", "notices.signing", "plugin_author.client"}  # the last one: as a form's token is, in tests


@pytest.fixture
def secrets(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One secret of each kind, all open; hashing costs nothing."""
    monkeypatch.setattr(passwords, "hash_password", lambda _: "a hash")
    return make_secrets()


def browse(app: Flask) -> PortalClient:
    """A browser that nobody used before."""
    limiter.reset()
    return app.test_client()  # type: ignore[return-value]


def test_every_kind_of_secret_is_tried(app: Flask) -> None:
    paths = {kind.path for kind in KINDS.values()} - {""}
    assert list_columns() == {kind.column for kind in KINDS.values()} - {""}
    assert list_links(app) == paths | {f"{KINDS['invitation'].path}/join"}
    assert list_signed() == SIGNED


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_opens_another_door(app: Flask, secrets: dict[str, str], kind: str) -> None:
    opened = [door for door in KINDS if door != kind and KINDS[door].opens(browse(app), secrets[kind])]
    assert opened == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_opens_its_door_once(app: Flask, secrets: dict[str, str], kind: str) -> None:
    assert KINDS[kind].opens(browse(app), secrets[kind])
    again = KINDS[kind].opens(browse(app), secrets[kind])
    if kind != "second step":  # a right code uses it up: tests/portal/login/test_factors.py
        assert again == (kind in SERVES_AGAIN)


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_opens_too_late(app: Flask, secrets: dict[str, str], kind: str) -> None:
    with time_machine.travel(utcnow() + timedelta(days=8)):
        assert KINDS[kind].opens(browse(app), secrets[kind]) == (kind in NEVER_OVER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_nearly_right_is_wrong(app: Flask, secrets: dict[str, str], kind: str) -> None:
    secret = secrets[kind]
    last = "b" if secret[-1] == "a" else "a"
    for wrong in (secret[:-1], f"{secret[:-1]}{last}", f"{secret}a", secret.swapcase(), "%", "x"):
        assert wrong == secret or kind == "recovery code" or not KINDS[kind].opens(browse(app), wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_in_other_hands_changes_nobody_else(app: Flask, secrets: dict[str, str], kind: str) -> None:
    before = fingerprint(Network().member("other"))
    KINDS[kind].opens(browse(app).log_in_as(open_login("other")), secrets[kind])
    assert fingerprint(Network().member("other")) == before


def fingerprint(member: Member) -> tuple[object, ...]:
    """What an account is made of."""
    return member.email, member.password_hash, member.state, member.version, len(member.memberships)
