"""Roles that count only with a second factor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.config import Settings
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.login.factors import code, give_app, know_password

LogIn = Callable[..., PortalClient]


@pytest.fixture(autouse=True)
def required(app: Flask, settings: Settings) -> Iterator[None]:
    """Admins need a second factor, as is the rule; the editorial office does not."""
    settings.require_second_factor = "admin"
    yield
    settings.require_second_factor = ""


def test_an_admin_without_a_factor_is_led_to_it(client: PortalClient) -> None:
    data = {"email": "admin@netz.example", "password": "richtig-pferd-batterie", "next": "/admin/"}
    assert client.post("/login", data=data).location == "/me/security/required"
    assert client.get("/me/security/required").status_code == 200
    assert client.get("/admin/members").location == "/me/security/required"
    assert "/me/security/required" in client.get("/admin/").text


def test_an_admin_without_a_factor_is_a_member_like_others(login: LogIn) -> None:
    actor = Network().actor("admin")
    assert not actor.permissions and "role:admin" not in actor.principals
    assert login("admin").post("/admin/members/1/disable").location == "/me/security/required"


def test_an_admin_with_a_factor_does_what_admins_do(client: PortalClient) -> None:
    give_app("admin")
    know_password(client, "admin").post("/login/factor", data={"code": code()})
    assert client.get("/admin/").status_code == 200
    assert client.get("/me/security/required").location == "/me/security"


def test_other_roles_count_without(login: LogIn) -> None:
    assert login("editorial").get("/admin/").status_code == 200


def test_admins_need_a_factor_unless_something_else_is_set() -> None:
    assert Settings.model_fields["require_second_factor"].default == "admin"
