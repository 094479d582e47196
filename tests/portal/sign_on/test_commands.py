"""What the operator does about the single sign-on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.cli.main import cli
from portal.config import Settings
from tests.fixtures.people import address
from tests.portal.login.factors import give_app
from tests.portal.sign_on.walking import actions, forget_password, link, linked
from tests.servers.oidc import Provider
from tests.servers.process import find_free_port


@pytest.fixture
def run(app: Flask, provider: Provider) -> Any:
    """``run("member", "list")``: what the command says."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(cli.get_command(None, words[0]), words[1:])  # type: ignore[arg-type]


def test_member_sign_ons_links_shows_and_unlinks(run: Any) -> None:
    assert "s-1" in run("member", "sign-ons", address("member"), "--link", "s-1").output
    assert linked() == {"s-1": address("member")}
    assert "no sign-on" in run("member", "sign-ons", address("member"), "--unlink").output


def test_member_password_link_lets_choose_a_password(run: Any, app: Flask) -> None:
    link = run("member", "password-link", address("admin")).output.splitlines()[0]
    assert app.test_client().get("/login/reset/" + link.rpartition("/")[2]).status_code == 200
    assert actions()[-1] == "reset.requested"


def test_member_password_link_is_for_who_may(run: Any, settings: Settings) -> None:
    settings.local_login, settings.break_glass = False, address("admin")
    assert run("member", "password-link", address("member")).exit_code == 1
    assert run("member", "password-link", address("admin")).exit_code == 0


def test_doctor_says_where_people_are_to_be_sent_back(run: Any, settings: Settings) -> None:
    said = run("doctor").output
    assert f"ok  sign-on: let {settings.oidc_issuer} send people back to {settings.base_url}/login/sign-on/back" in said


def test_doctor_finds_what_would_not_work(run: Any, settings: Settings) -> None:
    forget_password("admin")
    settings.local_login, settings.break_glass, settings.oidc_roles = False, address("admin"), "a=nothing"
    settings.oidc_issuer = f"http://localhost:{find_free_port()}"
    said = run("doctor").output
    assert all(f"BAD {name}:" in said for name in ("sign-on", "sign-on's roles", "break glass"))


def test_doctor_counts_who_has_a_factor_and_no_sign_on(run: Any, provider: Provider, settings: Settings) -> None:
    for who in ("member", "other", "admin"):
        give_app(who)
    settings.local_login, settings.break_glass = False, address("ADMIN")
    link("other", provider, "s-1")
    assert "ok  sign-on's members: 1 active" in run("doctor").output
    link("member", provider, "s-2")
    assert "sign-on's members" not in run("doctor").output
