"""What ends a log-in ends it in every worker: a copied cookie is refused by a second application on the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from portal.application import create_app
from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.members.services.disabling import disable_member
from portal.permissions.actor import system
from portal.permissions.models import MemberRole
from portal.plugin_host.host import EXTENSION
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address, open_login
from tests.security.addresses import NEW_PASSWORD
from tests.security.tokens import KINDS, make_secrets

COOKIE = "portal"


@pytest.fixture(scope="module")
def started_worker(portal_app: Flask, settings: Settings) -> Flask:
    """A second application with the same settings, as another process makes it."""
    worker = create_app(settings, immediate_jobs=True)
    worker.testing = True
    worker.test_client_class = PortalClient
    return worker


@pytest.fixture
def other_worker(app: Flask, started_worker: Flask) -> Iterator[Flask]:
    """The second application, on the database of this test."""
    with started_worker.app_context():
        started_worker.extensions[EXTENSION].sync(force=True)
        db.session.remove()
    yield started_worker
    with started_worker.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def caught(app: Flask, other_worker: Flask) -> tuple[PortalClient, PortalClient]:
    """A member's browser at one worker, and a thief's with a copy of the cookie at the other."""
    browser: PortalClient = app.test_client()  # type: ignore[assignment]
    browser.post("/login", data={"email": address("member"), "password": PASSWORD})
    thief: PortalClient = other_worker.test_client()  # type: ignore[assignment]
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    thief.set_cookie(COOKIE, cookie.value)
    return browser, thief


def log_out(browser: PortalClient) -> None:
    """The member logs out."""
    assert browser.post("/logout").status_code == 302


def change_password(browser: PortalClient) -> None:
    """The member changes the password."""
    data = {"old_password": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert browser.post("/me/security", data=data).status_code == 302


def disable(browser: PortalClient) -> None:
    """An admin shuts the member out."""
    with unit_of_work():
        disable_member(system(), Network().member("member").id)


def end_everywhere_else(browser: PortalClient) -> None:
    """The member logs in anew elsewhere and ends all other log-ins from there."""
    fresh: PortalClient = browser.application.test_client()  # type: ignore[assignment]
    fresh.post("/login", data={"email": address("member"), "password": PASSWORD})
    assert fresh.post("/me/sessions/end-others").status_code == 302


@pytest.mark.parametrize("end", [log_out, change_password, disable, end_everywhere_else])
def test_an_ended_log_in_is_refused_by_every_worker(
    caught: tuple[PortalClient, PortalClient], end: Callable[[PortalClient], None]
) -> None:
    browser, thief = caught
    assert thief.get("/me").status_code == 200
    end(browser)
    assert thief.get("/me").status_code == 302


def test_a_cookie_signed_with_another_key_is_nobody(app: Flask, caught: tuple[PortalClient, PortalClient]) -> None:
    browser, _thief = caught
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    body, _dot, _signature = cookie.value.rpartition(".")
    forger: PortalClient = app.test_client()  # type: ignore[assignment]
    forger.set_cookie(COOKIE, f"{body}.{'A' * 27}")
    assert forger.get("/me").status_code == 302


# What must be worth nothing after each of these. A change of address can be undone by the old one whatever was
# changed since: it is how the owner comes back. Asking for access and being invited are somebody else's here.
SHOWN = ("session", "second step", "reset", "address", "undo", "invitation", "request")
ENDED: dict[str, tuple[Callable[[PortalClient], None], set[str]]] = {
    "log out": (log_out, {"session"}),
    "disable": (disable, {"session", "second step", "reset", "address", "undo"}),
    "change password": (change_password, {"session", "second step", "reset", "address"}),
    "end everywhere": (end_everywhere_else, {"session", "second step", "address"}),
}


def is_open(worker: Flask, kind: str, secret: str) -> bool:
    """Whether a secret still opens its door, without using it up."""
    browser: PortalClient = worker.test_client()  # type: ignore[assignment]
    path = KINDS[kind].path.replace("<token>", secret)
    return browser.get(path).status_code == 200 if path else KINDS[kind].opens(browser, secret)


@pytest.mark.parametrize("name", ENDED)
def test_what_was_captured_is_worth_nothing_at_another_worker(
    other_worker: Flask, caught: tuple[PortalClient, PortalClient], name: str
) -> None:
    (act, ended), secrets = ENDED[name], make_secrets()
    assert all(is_open(other_worker, kind, secrets[kind]) for kind in SHOWN)
    act(caught[0].log_in_as(secrets["session"]) if name == "log out" else caught[0])
    assert {kind for kind in SHOWN if not is_open(other_worker, kind, secrets[kind])} == ended


def test_a_role_taken_away_is_gone_at_every_worker(app: Flask, other_worker: Flask) -> None:
    token = open_login("editorial")
    clients = [one.test_client().log_in_as(token) for one in (app, other_worker)]  # type: ignore[attr-defined]
    assert [client.get("/admin/members").status_code for client in clients] == [200, 200]
    with unit_of_work():
        db.session.execute(delete(MemberRole).where(MemberRole.member_id == Network().member("editorial").id))
    assert [client.get("/admin/members").status_code for client in clients] == [403, 403]
