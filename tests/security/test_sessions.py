"""What ends a log-in ends it in every worker: a copied cookie is refused by a second application on the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.application import create_app
from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.members.services.disabling import disable_member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.security.addresses import NEW_PASSWORD

COOKIE = "portal"


@pytest.fixture
def other_worker(app: Flask, settings: Settings) -> Flask:
    """A second application with the same settings, as another process makes it."""
    worker = create_app(settings, immediate_jobs=True)
    worker.testing = True
    worker.test_client_class = PortalClient
    return worker


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
    caught: tuple[PortalClient, PortalClient], other_worker: Flask, end: Callable[[PortalClient], None]
) -> None:
    browser, thief = caught
    assert thief.get("/me").status_code == 200
    end(browser)
    assert thief.get("/me").status_code == 302
    with other_worker.app_context():
        db.engine.dispose()


def test_a_cookie_signed_with_another_key_is_nobody(app: Flask, caught: tuple[PortalClient, PortalClient]) -> None:
    browser, _thief = caught
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    body, _dot, _signature = cookie.value.rpartition(".")
    forger: PortalClient = app.test_client()  # type: ignore[assignment]
    forger.set_cookie(COOKIE, f"{body}.{'A' * 27}")
    assert forger.get("/me").status_code == 302
