"""Nobody learns from an answer, nor from the work behind it, whether an address has an account.

Both paths make the same calls: as many hashes, the same statements, the same job."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.database import unit_of_work
from portal.extensions import db, limiter
from portal.login.services import passwords
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address, open_login

KINDS = ("known", "unknown", "disabled", "invited", "person", "KNOWN")
ADDRESSES = {"known": address("member"), "disabled": address("disabled"), "KNOWN": address("member").upper()}
WISH = {"name": "Frieda Fragt", "organisation": "0", "organisation_name": "Neuwerk", "reason": ""}
GUEST = {"name": "Neue Kollegin", "role": "representative"}
DOORS: dict[str, Callable[[PortalClient, str], TestResponse]] = {
    "log in": lambda browser, email: browser.post("/login", data={"email": email, "password": "falsch-und-lang"}),
    "reset": lambda browser, email: browser.post("/login/reset", data={"email": email}),
    "ask for access": lambda browser, email: browser.post("/login/request", data={**WISH, "email": email}),
    "passkey": lambda browser, email: browser.post("/login/passkey/question", data={"email": email}),
    "change of address": lambda browser, email: browser.post(
        "/me/address", data={"email": email, "password": PASSWORD}
    ),
    "invite": lambda browser, email: browser.post(
        "/organisations/nordwerk/invitations", data={**GUEST, "email": email}
    ),
}
WHO = {"change of address": "other", "invite": "editor"}


@dataclass
class Seen:
    """What was done for one answer."""

    hashes: list[int] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)


@pytest.fixture
def seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Counts hashes and notes jobs, which wait; there is one invited and one who never was."""
    seen = Seen()
    with unit_of_work():
        for state in ("invited", "person"):
            db.session.add(Member(name=state, sort_name=state, email=address(state), state=state))
    verify = passwords.is_correct
    monkeypatch.setattr(passwords, "is_correct", lambda *a: (seen.hashes.append(1), verify(*a))[1])
    monkeypatch.setattr("portal.jobs.queue.push", lambda name, *_: seen.jobs.append(str(name)))
    return seen


def knock(app: Flask, door: str, kind: str) -> TestResponse:
    """Come with an address of this kind, from a browser that nobody used before."""
    limiter.reset()
    browser: PortalClient = app.test_client()  # type: ignore[assignment]
    if door in WHO:
        browser.log_in_as(open_login(WHO[door]))
    return DOORS[door](browser, ADDRESSES.get(kind, address(kind)))


def plain(answer: TestResponse, kind: str) -> tuple[Any, ...]:
    """An answer without what differs from one to the next: nonces, tokens, and the address that was typed."""
    typed = re.escape(ADDRESSES.get(kind, address(kind)))
    text = re.sub(r'((nonce|value|content)="[^"]*"|"challenge": ?"[^"]*"|nonce-[\w-]+)', "", answer.text)
    headers = {name for name, _ in answer.headers} | {answer.headers.get("Location", "")}
    return answer.status_code, sorted(headers), re.sub(f"(?i){typed}", "", text)


@pytest.mark.parametrize("door", DOORS)
def test_the_answer_is_the_same_for_every_address(app: Flask, seen: Seen, door: str) -> None:
    answers = {kind: plain(knock(app, door, kind), kind) for kind in KINDS[:-1]}
    assert [kind for kind in answers if answers[kind] != answers["unknown"]] == []
    assert answers["unknown"][0] in (200, 302, 401)


@pytest.mark.parametrize("door", DOORS)
def test_the_work_is_the_same_for_every_address(app: Flask, seen: Seen, statements: list[str], door: str) -> None:
    done = {}
    for kind in KINDS[: -1 if door == "invite" else None]:  # who is invited twice gets the same invitation again
        for noted in (statements, seen.hashes, seen.jobs):
            noted.clear()
        knock(app, door, kind)
        done[kind] = len(seen.hashes), list(seen.jobs), [re.sub(r"\s+", " ", one)[:60] for one in statements]
    assert [(kind, done[kind]) for kind in done if done[kind] != done["unknown"]] == [], done["unknown"]


def test_a_log_in_hashes_once_for_nobody_too(app: Flask, seen: Seen) -> None:
    for kind in KINDS:
        knock(app, "log in", kind)
    assert len(seen.hashes) == len(KINDS)
