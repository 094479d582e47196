"""Each way that leads on to an address it was given, and the known tricks to make it lead elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from portal.database import unit_of_work, utcnow
from portal.extensions import db, limiter
from portal.login.models import LoginSession
from portal.login.services.pending import Entry, open_pending
from portal.login.views import confirming, entering, passkeys
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address, open_login

ELSEWHERE: list[str] = json.loads(Path(__file__).with_name("elsewhere.json").read_text(encoding="utf-8"))
# What an address that leads on is called, here or anywhere.
NAMES = frozenset(
    {"next", "back", "url", "to", "target", "goto", "dest", "continue", "redirect", "return", "return_to"}
)
# One slash, then no second one, whichever way it leans, and nothing that a browser strips or a header ends at.
HERE = re.compile(r"/(?![/\\])[^\x00-\x20\x7f]*|")
PROOF = {"confirm_password": PASSWORD, "kept": "1"}
Ask = Callable[[PortalClient, str], TestResponse]


@dataclass(frozen=True)
class Way:
    """How to go it with a wanted address, and who goes."""

    ask: Ask
    prepare: Callable[[PortalClient], None] = lambda browser: None


def post(path: str, **data: str) -> Ask:
    """Send the wanted address in a form."""
    return lambda browser, wanted: browser.post(path, data={**data, "next": wanted})


def ask(path: str) -> Ask:
    """Carry the wanted address in the address of the page."""
    return lambda browser, wanted: browser.get(path, query_string={"next": wanted})


def carry(path: str, **data: str) -> Ask:
    """Carry it in the address that a form is sent to."""
    return lambda browser, wanted: browser.post(path, query_string={"next": wanted}, data=data)


def log_in(browser: PortalClient) -> None:
    """Carry a session of the member whose last proof is old."""
    browser.log_in_as(open_login("member"))
    with unit_of_work():
        db.session.execute(update(LoginSession).values(confirmed_at=utcnow() - timedelta(hours=1)))


def wait_for_factor(browser: PortalClient) -> None:
    """Stand before the second step of a log-in."""
    with unit_of_work():
        token = open_pending(Network().member("member").id, remember=False)
    with browser.session_transaction() as session:
        session[entering.PENDING] = token


def take_step(browser: PortalClient, wanted: str) -> TestResponse:
    """Take the second step with a copy of the cookie, over and over."""
    cookie = browser.get_cookie("portal")
    answer = browser.post("/login/factor", data={"code": "123456", "next": wanted})
    browser.set_cookie("portal", cookie.value if cookie else "")
    return answer


WAYS: dict[str, Way] = {
    "GET login.login_form": Way(ask("/login")),
    "GET login.login_form, inside": Way(ask("/login"), log_in),
    "POST login.login_submit": Way(post("/login", email=address("member"), password=PASSWORD)),
    "GET login.factor_form": Way(ask("/login/factor"), wait_for_factor),
    "POST login.factor_submit": Way(take_step, wait_for_factor),
    "POST login.passkey_enter": Way(post("/login/passkey", credential="{}")),
    "GET login.confirm_form": Way(ask("/me/confirm"), log_in),
    "POST login.confirm_submit": Way(carry("/me/confirm", **PROOF), log_in),
    "POST login.confirm_resent": Way(carry("/me/confirm/resent", **PROOF), log_in),
    "GET legal.agreement_form": Way(ask("/agreement"), log_in),
    "POST legal.agreement_give": Way(carry("/agreement"), log_in),
    "POST legal.agreement_later": Way(carry("/agreement/later"), log_in),
    "POST web.locale_set": Way(post("/preferences/language", locale="en")),
    "POST web.theme_set": Way(post("/preferences/theme", theme="dark")),
}


def make_proofs_cheap(patch: Any) -> None:
    """Every proof is right and costs nothing: it is where they lead that matters."""
    token = open_login("member")
    patch.setattr(entering, "log_in", lambda *_: Entry(session=token))
    patch.setattr(entering, "complete_login", lambda *_: token)
    patch.setattr(confirming, "_prove", lambda *_: token)
    patch.setattr(passkeys.passkeys, "check_passkey", lambda *_: 1)
    patch.setattr(passkeys, "admit", lambda *_: token)
    for view in (entering, passkeys):
        patch.setattr(view, "leave", lambda: None)


def follow(app: Flask, way: Way, wanted: list[str]) -> list[tuple[str, TestResponse]]:
    """What each wanted address leads to."""
    browser: PortalClient = app.test_client()  # type: ignore[assignment]
    way.prepare(browser)
    answers = []
    for one in wanted:
        limiter.reset()
        answers.append((one, way.ask(browser, one)))
    return answers


def find_leaks(answer: TestResponse) -> list[str]:
    """The addresses elsewhere that an answer leads to, by itself or by what its page holds for later.

    What an address here carries in turn is looked at there, and so is the page's own, in the switch of language."""
    location = answer.headers.get("Location", "")
    kept = [unescape(one) for one in re.findall(r'name="next"[^>]* value="([^"]*)"', answer.text)]
    held = [one for one in kept if not one.startswith(f"{answer.request.path}?")]
    return [one for one in (location, answer.headers.get("Refresh", ""), *held) if not HERE.fullmatch(one)]
