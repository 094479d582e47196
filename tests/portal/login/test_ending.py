"""A captured cookie is worth nothing once its session has ended."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import LoginSession
from portal.members.services.disabling import disable_member, enable_member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.portal.login.conftest import is_inside

LogIn = Callable[..., PortalClient]

NEW = "wolke-leiter-senf-trommel"


def count_sessions() -> int:
    with unit_of_work():
        return db.session.scalar(select(func.count()).select_from(LoginSession)) or 0


def test_logout_kills_the_cookie(enter: LogIn, thief: Callable[[PortalClient], PortalClient]) -> None:
    client = enter("member")
    copied = thief(client)
    assert is_inside(copied)
    client.post("/logout")
    assert not is_inside(client)
    assert not is_inside(copied)


def test_logout_is_a_post(login: LogIn) -> None:
    client = login("member")
    assert client.get("/logout").status_code == 405
    assert is_inside(client)


def test_disabling_kills_every_cookie_for_good(enter: LogIn, network: Network) -> None:
    client, other = enter("member"), enter("member")
    with unit_of_work():
        member_id = network.member("member").id
        disable_member(system(), member_id)
    assert not is_inside(client)
    with unit_of_work():
        enable_member(system(), member_id)
    assert not is_inside(client)
    assert not is_inside(other)


def test_security_update_kills_every_old_cookie(enter: LogIn, thief: Callable[[PortalClient], PortalClient]) -> None:
    client, other = enter("member"), enter("member")
    copied = thief(client)
    answer = client.post("/me/security", data={"old_password": PASSWORD, "password": NEW, "again": NEW})
    assert answer.status_code == 302
    assert is_inside(client)
    assert not is_inside(copied)
    assert not is_inside(other)


def test_security_update_changes_the_password(enter: LogIn, login: LogIn) -> None:
    login("member").post("/me/security", data={"old_password": PASSWORD, "password": NEW, "again": NEW})
    assert not is_inside(enter("member"))
    assert is_inside(enter("member", NEW))


def test_security_update_counts_wrong_tries(login: LogIn) -> None:
    client = login("member")
    data = {"old_password": "falsch", "password": NEW, "again": NEW}
    codes = [client.post("/me/security", data=data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_security_update_refuses_an_easy_password(login: LogIn) -> None:
    data = {"old_password": PASSWORD, "password": "passwortpasswort", "again": "passwortpasswort"}
    assert login("member").post("/me/security", data=data).status_code == 422


def test_session_end_logs_out_one_device(enter: LogIn) -> None:
    client, other = enter("member"), enter("member")
    with unit_of_work():
        last = db.session.scalar(select(func.max(LoginSession.id)))
    client.post(f"/me/sessions/{last}/end")
    assert is_inside(client)
    assert not is_inside(other)


def test_session_end_is_for_own_devices_only(enter: LogIn) -> None:
    client, foreign = enter("member"), enter("other")
    with unit_of_work():
        last = db.session.scalar(select(func.max(LoginSession.id)))
    assert client.post(f"/me/sessions/{last}/end").status_code == 404
    assert is_inside(foreign)


def test_session_end_others_leaves_this_one(enter: LogIn) -> None:
    client, other = enter("member"), enter("member")
    client.post("/me/sessions/end-others")
    assert is_inside(client)
    assert not is_inside(other)
    assert count_sessions() == 1


def test_session_list_names_the_device(client: PortalClient) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
    client.post("/login", data={"email": address("member"), "password": PASSWORD}, headers={"User-Agent": firefox})
    assert "Firefox, Windows" in client.get("/me/sessions").text
