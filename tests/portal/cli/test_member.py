"""Members from the command line, so that a locked-out operator gets somebody in or out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from pyotp.totp import TOTP

from portal.audit.models import AuditEntry
from portal.cli.member import member
from portal.database import unit_of_work
from portal.errors import NotFound
from portal.extensions import db
from portal.login.services import factors
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]


def run(app: Flask, *arguments: str) -> str:
    return app.test_cli_runner().invoke(member, arguments, catch_exceptions=False).output


@pytest.fixture
def with_app_of_codes(network: Network) -> str:
    """The address of somebody who has an authenticator app."""
    actor = network.actor("member")
    with unit_of_work():
        factors.begin_totp(actor)
    with unit_of_work():
        factors.confirm_totp(actor, TOTP(factors.waiting_secret(actor)).now())
    return address("member")


def test_member_factors_removes_what_somebody_has_lost(app: Flask, with_app_of_codes: str) -> None:
    assert "no second factor" not in run(app, "factors", with_app_of_codes)
    assert "no second factor" in run(app, "factors", with_app_of_codes, "--remove")
    assert db.session.query(AuditEntry).filter_by(action="factor.all_removed").count() == 1


def test_member_sessions_ends_them(app: Flask, login: LogIn) -> None:
    client = login("member")
    assert "last used" in run(app, "sessions", address("member"))
    assert "logged out everywhere" in run(app, "sessions", address("member"), "--end")
    assert client.get("/me").location.startswith("/login")


def test_member_disable_and_enable(app: Flask, network: Network, login: LogIn) -> None:
    client = login("member")
    run(app, "disable", address("member"))
    assert client.get("/me").location.startswith("/login") and network.member("member").state == "disabled"
    run(app, "enable", address("member"))
    assert network.member("member").state == "active"


def test_member_role_gives_exactly_these(app: Flask, login: LogIn) -> None:
    assert login("member").get("/admin/members").status_code == 403
    run(app, "role", address("member"), "admin")
    assert login("member").get("/admin/members").status_code == 200


def test_who_is_unknown_is_named(app: Flask) -> None:
    with pytest.raises(NotFound, match="niemand@netz.example"):
        run(app, "factors", "niemand@netz.example")
