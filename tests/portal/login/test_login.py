"""Logging in and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.login.services import passwords
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address
from tests.portal.login.conftest import COOKIE, cookie_of, is_inside

LogIn = Callable[..., PortalClient]

FOREIGN = (
    *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"),
    *("/\t/evil.example", "http:evil.example", "///evil.example", "evil.example", " //evil.example", "/\r\nX: y"),
)


def test_login_form_keeps_the_wanted_page(client: PortalClient) -> None:
    assert 'value="/members/?q=a"' in client.get("/login?next=/members/?q%3Da").text


def test_a_page_for_members_sends_to_the_log_in_and_back(client: PortalClient) -> None:
    answer = client.get("/members/?q=a")
    assert answer.status_code == 302
    assert answer.location == "/login?next=/members/?q%3Da"


def test_login_submit_lets_in(enter: LogIn) -> None:
    assert is_inside(enter("member"))


def test_login_submit_leads_to_the_wanted_page(client: PortalClient) -> None:
    answer = client.post("/login", data={"email": address("member"), "password": PASSWORD, "next": "/members/"})
    assert answer.location == "/members/"


def test_login_submit_takes_an_address_in_any_case(client: PortalClient) -> None:
    client.post("/login", data={"email": "  MEMBER@Netz.Example ", "password": PASSWORD})
    assert is_inside(client)


@pytest.mark.parametrize("wanted", FOREIGN)
def test_login_submit_never_leads_elsewhere(client: PortalClient, wanted: str) -> None:
    data = {"email": address("member"), "password": PASSWORD, "next": wanted}
    assert client.post("/login", data=data).location == "/"


@pytest.mark.parametrize("wanted", FOREIGN)
def test_login_form_never_leads_elsewhere_when_logged_in(login: LogIn, wanted: str) -> None:
    assert login("member").get("/login", query_string={"next": wanted}).location == "/"


@pytest.mark.parametrize(("who", "password"), [("member", "falsch"), ("nobody", PASSWORD), ("disabled", PASSWORD)])
def test_login_submit_refuses_with_one_sentence_for_all(client: PortalClient, who: str, password: str) -> None:
    answer = client.post("/login", data={"email": address(who), "password": password})
    assert answer.status_code == 401
    assert address(who) in answer.text  # the form is kept
    assert 'role="alert"' in answer.text


def test_refusals_differ_in_nothing_but_the_address(client: PortalClient) -> None:
    texts = [
        client.post("/login", data={"email": address(who), "password": "falsch"}).text.replace(address(who), "")
        for who in ("member", "nobody", "disabled")
    ]
    cleaned = {
        "".join(line for line in text.splitlines() if "csrf_token" not in line and "nonce" not in line)
        for text in texts
    }
    assert len(cleaned) == 1


def test_login_submit_needs_the_token_of_the_form(client: PortalClient) -> None:
    answer = client.post("/login", data={"email": address("member"), "password": PASSWORD}, csrf=False)
    assert answer.status_code == 400


def test_nothing_in_the_cookie_survives_the_log_in(client: PortalClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    client.post("/login", data={"email": address("member"), "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_planted_session_is_not_taken_over(client: PortalClient, login: LogIn) -> None:
    planted = cookie_of(login("other"))
    client.set_cookie(COOKIE, planted.value)
    client.post("/login", data={"email": address("member"), "password": PASSWORD})
    assert cookie_of(client).value != planted.value
    assert "Mia Mitglied" in client.get("/me").text


def test_a_remembered_log_in_outlives_the_browser(enter: LogIn) -> None:
    assert cookie_of(enter("member", remember="y")).expires is not None
    assert cookie_of(enter("member")).expires is None


def test_too_many_tries_are_refused_before_any_hashing(client: PortalClient, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr(passwords, "is_correct", lambda *_: hashed.append(1) or False)
    answers = [client.post("/login", data={"email": address("member"), "password": "x"}) for _ in range(12)]
    assert len(hashed) == 10
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 601


def test_a_throttled_account_does_not_stop_others(client: PortalClient, enter: LogIn) -> None:
    for _ in range(11):
        client.post("/login", data={"email": address("member"), "password": "x"})
    assert not is_inside(enter("member"))
    assert is_inside(enter("other"))


def test_a_success_forgets_the_tries(enter: LogIn) -> None:
    for _ in range(9):
        enter("member", "falsch")
    assert is_inside(enter("member"))
    assert is_inside(enter("member"))
