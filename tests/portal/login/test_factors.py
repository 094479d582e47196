"""The second step of logging in: codes of the app and for recovery."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from pyotp.totp import TOTP
from sqlalchemy import select, update

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.models import PendingLogin, RecoveryCode, TotpFactor
from portal.login.services import recovery
from portal.login.services.sessions import end_all_sessions
from portal.mail.models import OutgoingMail
from portal.members.services.disabling import disable_member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.portal.login.conftest import cookie_of, is_inside
from tests.portal.login.factors import SHOWN, code, give_app, know_password

LogIn = Callable[..., PortalClient]
Thief = Callable[[PortalClient], PortalClient]
SECRET_SHOWN = re.compile(r'data-copy="([A-Z2-7]{32})"')


def send(client: PortalClient, typed: str) -> int:
    """Type a code at the second step."""
    return client.post("/login/factor", data={"code": typed}).status_code


def subjects() -> list[str]:
    with unit_of_work():
        return list(db.session.scalars(select(OutgoingMail.subject).order_by(OutgoingMail.id)))


def test_the_right_password_alone_lets_nobody_in(client: PortalClient) -> None:
    give_app("member")
    assert not is_inside(know_password(client, "member"))


def test_factor_submit_lets_in_and_leads_to_the_wanted_page(client: PortalClient) -> None:
    give_app("member")
    know_password(client, "member")
    answer = client.post("/login/factor", data={"code": code(), "next": "/members/"})
    assert answer.location == "/members/"
    assert is_inside(client)


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_factor_submit_never_leads_elsewhere(client: PortalClient, wanted: str) -> None:
    give_app("member")
    answer = know_password(client, "member").post("/login/factor", data={"code": code(), "next": wanted})
    assert answer.location == "/"


def test_a_code_with_blanks_counts(client: PortalClient) -> None:
    give_app("member")
    assert send(know_password(client, "member"), f" {code()[:3]} {code()[3:]} ") == 302


def test_the_last_code_still_counts_and_an_old_one_does_not(client: PortalClient) -> None:
    give_app("member")
    know_password(client, "member")
    assert send(client, code(-3)) == 401
    assert send(client, code(-1)) == 302


def test_a_code_is_taken_once(client: PortalClient, app: Flask) -> None:
    give_app("member")
    typed = code()
    assert send(know_password(client, "member"), typed) == 302
    other: PortalClient = app.test_client()  # type: ignore[assignment]
    assert send(know_password(other, "member"), typed) == 401
    assert send(other, code(-1)) == 401


def test_a_recovery_code_is_taken_once_and_its_owner_is_told(client: PortalClient, app: Flask) -> None:
    codes = give_app("member")
    assert send(know_password(client, "member"), codes[3].upper().replace("-", " ")) == 302
    other: PortalClient = app.test_client()  # type: ignore[assignment]
    assert send(know_password(other, "member"), codes[3]) == 401
    assert "Ein Wiederherstellungscode wurde benutzt" in subjects()


def test_recovery_codes_are_kept_as_hashes_and_of_one_member(client: PortalClient) -> None:
    codes = give_app("member")
    give_app("other")
    with unit_of_work():
        kept = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert not kept & set(codes)
    assert send(know_password(client, "other"), codes[0]) == 401


def test_a_recovery_code_is_taken_once_by_many_at_once(app: Flask) -> None:
    codes, member_id = give_app("member"), Network().member("member").id
    db.session.remove()

    def take(_number: int) -> bool:
        with app.app_context(), unit_of_work():
            taken = recovery.take_code(member_id, codes[0])
        with app.app_context():
            db.session.remove()
        return taken

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(20))) == 1


def test_guesses_are_counted_for_the_account_over_all_log_ins(app: Flask) -> None:
    codes, statuses = give_app("member"), []
    for _ in range(3):
        client: PortalClient = app.test_client()  # type: ignore[assignment]
        know_password(client, "member")
        statuses += [send(client, "000000") for _ in range(4)]
    assert statuses == [401] * 10 + [429] * 2
    assert send(client, codes[0]) == 429


def test_the_secret_is_kept_encrypted(login: LogIn) -> None:
    client = login("member")
    client.post("/me/security/factor/begin")
    shown = SECRET_SHOWN.search(client.get("/me/security/factor").text)
    assert shown
    with unit_of_work():
        assert shown[1] not in db.session.scalars(select(TotpFactor.secret)).one()


def copied_after(client: PortalClient, thief: Thief) -> PortalClient:
    """A copy of the browser between the two steps."""
    give_app("member")
    return thief(know_password(client, "member"))


def test_a_captured_second_step_is_worth_nothing_once_used(client: PortalClient, thief: Thief) -> None:
    stolen = copied_after(client, thief)
    assert send(client, code(-1)) == 302
    assert stolen.post("/login/factor", data={"code": code()}).location == "/login"
    assert not is_inside(stolen)


def end_by_time() -> None:
    db.session.execute(update(PendingLogin).values(expires_at=utcnow() - timedelta(seconds=1)))


def end_by_password() -> None:
    end_all_sessions(Network().member("member").id)


def end_by_disabling() -> None:
    disable_member(system(), Network().member("member").id)


@pytest.mark.parametrize("end", [end_by_time, end_by_password, end_by_disabling])
def test_a_captured_second_step_is_worth_nothing_afterwards(
    client: PortalClient, thief: Thief, end: Callable[[], None]
) -> None:
    stolen = copied_after(client, thief)
    with unit_of_work():
        end()
    assert stolen.post("/login/factor", data={"code": code()}).location == "/login"
    assert not is_inside(stolen)


def test_changing_the_password_ends_the_second_step(client: PortalClient, login: LogIn) -> None:
    give_app("member")
    know_password(client, "member")
    new = "wolke-leiter-senf-trommel"
    changed = login("member").post("/me/security", data={"old_password": PASSWORD, "password": new, "again": new})
    assert changed.status_code == 302
    assert client.post("/login/factor", data={"code": code()}).location == "/login"


def test_the_cookie_changes_between_the_steps_and_after(client: PortalClient) -> None:
    give_app("member")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    between = cookie_of(know_password(client, "member")).value
    assert send(client, code()) == 302
    with client.session_transaction() as session:
        assert cookie_of(client).value != between
        assert {"planted", "pending_login"} & session.keys() == set()


def test_factor_submit_needs_the_token_of_the_form(client: PortalClient) -> None:
    give_app("member")
    answer = know_password(client, "member").post("/login/factor", data={"code": code()}, csrf=False)
    assert answer.status_code == 400


def test_setting_up_the_app_shows_the_codes_once(login: LogIn) -> None:
    owner = login("member")
    owner.post("/me/security/factor/begin")
    shown = SECRET_SHOWN.search(owner.get("/me/security/factor").text)
    assert shown
    page = owner.post("/me/security/factor", data={"code": TOTP(shown[1]).now()}).text
    assert len(SHOWN.findall(page)) == 10
    assert SECRET_SHOWN.search(owner.get("/me/security/factor").text) is None


def test_an_app_counts_only_once_its_code_was_right(login: LogIn, enter: LogIn) -> None:
    client = login("member")
    client.post("/me/security/factor/begin")
    assert client.post("/me/security/factor", data={"code": "000000"}).status_code == 422
    assert is_inside(enter("member"))


def test_factor_remove_forgets_the_codes_and_tells_the_owner(login: LogIn, enter: LogIn) -> None:
    give_app("member")
    login("member").post("/me/security/factor/remove")
    assert is_inside(enter("member"))
    assert recovery.count_codes(Network().member("member").id) == 0
    assert subjects() == ["Ein zweiter Faktor Ihres Kontos wurde entfernt"]


def test_new_codes_make_the_old_ones_void(login: LogIn, client: PortalClient) -> None:
    old = give_app("member")
    fresh = SHOWN.findall(login("member").post("/me/security/recovery").text)
    know_password(client, "member")
    assert send(client, old[0]) == 401
    assert send(client, fresh[0]) == 302


def test_a_mail_of_a_new_device_is_written_once(enter: LogIn, client: PortalClient) -> None:
    enter("member")
    for _ in range(2):
        client.post("/login", data={"email": address("member"), "password": PASSWORD})
        client.post("/logout")
    assert subjects() == ["Anmeldung auf einem neuen Gerät"]
