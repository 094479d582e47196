"""Tries are counted where strangers can't get round it, and never keep the owner out for good."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.database import unit_of_work, utcnow
from portal.errors import TooMany
from portal.extensions import db
from portal.login.services import passwords, throttling
from portal.login.services.throttling import check_throttle, count_try, take_try
from portal.web.requests import network_of
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address
from tests.portal.login.conftest import is_inside

LogIn = Callable[..., PortalClient]
NEW = "wolke-leiter-senf-trommel"
NARROW = (3, timedelta(minutes=10))
FORGED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP", "CF-Connecting-IP")


@pytest.fixture
def attack(client: PortalClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Try twelve wrong passwords for Mia; hashing costs nothing meanwhile."""

    def go() -> list[int]:
        with monkeypatch.context() as patched:
            patched.setattr(passwords, "is_correct", lambda *_: False)
            data = {"email": address("member"), "password": "falsch"}
            return [client.post("/login", data=data).status_code for _ in range(12)]

    return go


def test_a_known_browser_gets_in_while_strangers_try(enter: LogIn, attack: Callable[[], list[int]]) -> None:
    owner = enter("member")
    owner.post("/logout")
    assert attack()[-1] == 429
    owner.post("/login", data={"email": address("member"), "password": PASSWORD})
    assert is_inside(owner)


def test_a_reset_gets_the_owner_in_while_strangers_try(
    app: object, enter: LogIn, link: Callable[[str, str], str], attack: Callable[[], list[int]]
) -> None:
    attack()
    owner = enter("nobody")
    owner.post(f"/login/reset/{link('member', 'reset')}", data={"password": NEW, "again": NEW})
    attack()
    owner.post("/login", data={"email": address("member"), "password": NEW})
    assert is_inside(owner)


def test_a_known_browser_has_few_tries_too(enter: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = enter("member")
    owner.post("/logout")
    monkeypatch.setattr(passwords, "is_correct", lambda *_: False)
    data = {"email": address("member"), "password": "falsch"}
    codes = [owner.post("/login", data=data).status_code for _ in range(12)]
    assert codes == [401] * 10 + [429] * 2


def test_a_browser_known_to_one_gives_no_tries_for_another(enter: LogIn, attack: Callable[[], list[int]]) -> None:
    other = enter("other")
    other.post("/logout")
    attack()
    other.post("/login", data={"email": address("member"), "password": PASSWORD})
    assert not is_inside(other)


@pytest.mark.parametrize("header", FORGED)
def test_forged_headers_give_no_more_tries(client: PortalClient, monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    monkeypatch.setitem(throttling.LIMITS, "network", NARROW)
    monkeypatch.setattr(passwords, "is_correct", lambda *_: False)
    codes = []
    for number in range(4):
        data = {"email": f"person{number}@netz.example", "password": "falsch"}
        codes.append(client.post("/login", data=data, headers={header: f"203.0.113.{number}"}).status_code)
    assert codes == [401, 401, 401, 429]


def test_a_network_is_an_address_or_a_household() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"


def test_a_window_ends(app: object) -> None:
    with unit_of_work():
        for _ in range(10):
            count_try(account="a@netz.example")
        with pytest.raises(TooMany):
            check_throttle(account="a@netz.example")
        with time_machine.travel(utcnow() + timedelta(minutes=10, seconds=1)):
            check_throttle(account="a@netz.example")


def test_many_tries_at_once_are_no_more_than_one_after_the_other(app: Flask) -> None:
    def go(_: int) -> bool:
        with app.app_context():
            try:
                with unit_of_work():
                    take_try(account="a@netz.example")
            except TooMany:
                return False
        return True

    db.session.commit()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(go, range(24))) == 10
