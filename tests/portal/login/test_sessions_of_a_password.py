"""A session that was opened by the password alone is worth little once its owner has a second factor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from pyotp.totp import TOTP
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import PendingLogin
from portal.login.services.factors import waiting_secret
from portal.login.services.pending import open_pending
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.portal.login.authenticator import Device
from tests.portal.login.conftest import is_inside
from tests.portal.login.factors import code, give_app, let_proof_grow_old
from tests.portal.login.test_passkeys import ORIGIN, add

LogIn = Callable[..., PortalClient]


@pytest.fixture(autouse=True)
def required(app: Flask, settings: Settings) -> Iterator[None]:
    """Admins need a second factor; passkeys are bound to a name."""
    before, settings.base_url, settings.require_second_factor = settings.base_url, ORIGIN, "admin"
    yield
    settings.base_url, settings.require_second_factor = before, ""


def set_up_app(client: PortalClient) -> int:
    """Set up an app through the pages."""
    client.post("/me/security/factor/begin")
    with unit_of_work():
        secret = waiting_secret(Network().actor("admin"))
    return client.post("/me/security/factor", data={"code": TOTP(secret).now()}).status_code


def test_the_first_app_ends_what_the_password_opened(login: LogIn) -> None:
    owner, thief = login("admin"), login("admin")
    with unit_of_work():
        open_pending(Network().member("admin").id, remember=True)
    assert set_up_app(owner) == 200
    assert not is_inside(thief)
    assert owner.get("/admin/").status_code == 200
    assert db.session.scalar(select(func.count(PendingLogin.id))) == 0


def test_the_first_passkey_ends_what_the_password_opened(login: LogIn) -> None:
    owner, thief = login("admin"), login("admin")
    assert add(owner, Device(ORIGIN)) == 200
    assert not is_inside(thief)
    assert owner.get("/admin/members").status_code == 200


def test_a_second_factor_more_ends_nothing(login: LogIn) -> None:
    give_app("admin")
    owner, other = login("admin"), login("admin")
    assert add(owner, Device(ORIGIN)) == 302
    assert is_inside(other)


def test_roles_count_in_sessions_that_showed_the_factor(login: LogIn) -> None:
    thief = login("admin")
    give_app("admin")
    assert thief.get("/admin/members").location == "/me/security/required"
    assert thief.get("/me/security/required").location.startswith("/me/confirm")
    assert thief.post("/me/confirm", data={"confirm_code": code()}).status_code == 302
    assert thief.get("/admin/members").status_code == 200


def test_the_password_is_no_proof_beside_a_factor(login: LogIn) -> None:
    client = login("admin")
    give_app("admin")
    let_proof_grow_old()
    assert "confirm_password" not in client.get("/me/confirm").text
    assert client.post("/me/confirm", data={"confirm_password": PASSWORD}).status_code == 422
    assert client.post("/me/security/factor/remove").status_code == 307


def test_a_new_password_is_no_new_proof(login: LogIn) -> None:
    client, new = login("admin"), "wolke-leiter-senf-trommel"
    let_proof_grow_old()
    fields = {"old_password": PASSWORD, "password": new, "again": new}
    assert client.post("/me/security", data=fields).status_code == 302
    assert client.get("/me/security/factor").location.startswith("/me/confirm")


def test_strangers_do_not_use_up_the_tries_of_who_is_inside(login: LogIn, client: PortalClient) -> None:
    owner = login("member")
    for _ in range(11):
        client.post("/login", data={"email": address("member"), "password": "falsch"})
    assert owner.post("/me/confirm", data={"confirm_password": PASSWORD}).status_code == 302
    fields = {"email": "neu@netz.example", "password": PASSWORD}
    assert owner.post("/me/address", data=fields).status_code == 302


WRONG = (
    ("/me/confirm", {"confirm_password": "falsch"}),
    ("/me/confirm", {"confirm_code": "123456"}),
    ("/me/confirm", {"credential": "{}"}),
    ("/me/address", {"email": "neu@netz.example", "password": "falsch"}),
    ("/me/security", {"old_password": "falsch", "password": "wolke-leiter-senf", "again": "wolke-leiter-senf"}),
)


@pytest.mark.parametrize(("path", "fields"), WRONG)
def test_a_wrong_proof_is_in_the_audit(login: LogIn, path: str, fields: dict[str, str]) -> None:
    assert login("member").post(path, data=fields).status_code == 422
    failed = select(AuditEntry.actor_id).where(AuditEntry.action == "session.proof_failed")
    assert db.session.scalars(failed).all() == [Network().member("member").id]
