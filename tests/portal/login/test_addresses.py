"""Changing one's own address: confirmed by the new one, undone by the old one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from portal.database import utcnow
from portal.mail.services import outbox
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.portal.login.conftest import is_inside
from tests.portal.login.factors import let_proof_grow_old

LogIn = Callable[..., PortalClient]
NEW = "neue.adresse@netz.example"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Every mail that is sent while the test runs."""
    mails: list[tuple[str, str, str]] = []
    monkeypatch.setattr(outbox, "deliver", lambda *mail: mails.append(mail))
    return mails


def path_of(mail: tuple[str, str, str]) -> str:
    return re.findall(r"https?://[^/\s]+(/\S+)", mail[2])[-1]


@pytest.fixture
def changed(client: PortalClient, login: LogIn, sent: list[tuple[str, str, str]]) -> PortalClient:
    """A member who has just changed their address; the last mail went to the old one."""
    member = login("member")
    member.post("/me/address", data={"email": NEW, "password": PASSWORD})
    client.post(path_of(sent[-1]))
    return member


def test_nothing_changes_before_the_new_address_confirms(login: LogIn, network: Network, sent: list) -> None:
    assert login("member").post("/me/address", data={"email": NEW, "password": PASSWORD}).status_code == 302
    assert [mail[0] for mail in sent] == [NEW]
    assert network.member("member").email == address("member")


def test_a_wrong_password_changes_nothing(login: LogIn, sent: list) -> None:
    assert login("member").post("/me/address", data={"email": NEW, "password": "falsch"}).status_code == 422
    assert not sent


def test_the_old_address_is_told(changed: PortalClient, sent: list) -> None:
    assert sent[-1][0] == address("member") and NEW in sent[-1][2]
    assert is_inside(changed)


def test_an_address_that_is_taken_is_not_told_to_the_asker(login: LogIn, network: Network, sent: list) -> None:
    member = login("member")
    texts = []
    for email in (NEW, address("other")):
        answer = member.post("/me/address", data={"email": email, "password": PASSWORD}, follow_redirects=True)
        texts.append(re.sub(r'(nonce|value)="[^"]*"', "", answer.text).replace(email, ""))
    assert texts[0] == texts[1]
    assert sent[-1][0] == address("other") and "/login/address/" not in sent[-1][2]


def test_a_link_confirms_once_and_within_ten_minutes(client: PortalClient, login: LogIn, sent: list) -> None:
    login("member").post("/me/address", data={"email": NEW, "password": PASSWORD})
    path = path_of(sent[-1])
    with time_machine.travel(utcnow() + timedelta(minutes=11)):
        assert client.post(path).status_code == 404
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 404


def test_an_address_taken_meanwhile_is_answered_kindly(
    client: PortalClient, login: LogIn, network: Network, sent: list
) -> None:
    login("member").post("/me/address", data={"email": NEW, "password": PASSWORD})
    network.member("other").email = NEW
    assert client.post(path_of(sent[-1])).status_code == 409
    assert network.member("member").email == address("member")


def test_undoing_gives_the_account_back(client: PortalClient, changed: PortalClient, sent: list) -> None:
    path = path_of(sent[-1])
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200
    assert not is_inside(changed)
    assert Network().member("member").password_hash == ""
    assert sent[-1][0] == address("member") and "/login/reset/" in sent[-1][2]
    assert client.post(path).status_code == 404


def test_undoing_is_possible_for_seven_days(client: PortalClient, changed: PortalClient, sent: list) -> None:
    with time_machine.travel(utcnow() + timedelta(days=7, minutes=1)):
        assert client.get(path_of(sent[-1])).status_code == 404
    with time_machine.travel(utcnow() + timedelta(days=6, hours=23)):
        assert client.get(path_of(sent[-1])).status_code == 200


def test_undoing_works_after_a_second_change(client: PortalClient, changed: PortalClient, sent: list) -> None:
    undo = path_of(sent[-1])
    changed.post("/me/address", data={"email": "dritte@netz.example", "password": PASSWORD})
    client.post(path_of(sent[-1]))
    client.post(undo)
    assert Network().member("member").email == address("member")
    assert client.post(path_of(sent[-3])).status_code == 404  # the thief's own link to undo


def give_address(office: PortalClient, who: str = "member", **changes: object) -> int:
    person = Network().member(who)
    data = {"name": person.name, "email": NEW, "function": "", "version": person.version, **changes}
    return office.post(f"/admin/members/{person.id}", data=data).status_code


def test_an_address_from_the_office_is_told_to_the_old_one(login: LogIn, sent: list) -> None:
    member = login("member")
    assert give_address(login("editorial")) == 302
    assert sent[-1][0] == address("member") and NEW in sent[-1][2]
    assert not is_inside(member)


def test_an_address_from_the_office_is_undone_by_the_old_one(client: PortalClient, login: LogIn, sent: list) -> None:
    give_address(login("editorial"))
    assert client.post(path_of(sent[-1])).status_code == 200
    assert Network().member("member").email == address("member")
    assert sent[-1][0] == address("member") and "/login/reset/" in sent[-1][2]


def test_the_office_proves_itself_before_it_gives_an_address(login: LogIn, sent: list) -> None:
    office = login("editorial")
    let_proof_grow_old()
    assert give_address(office) == 307
    assert give_address(office, name="Mia Neu", email=address("member")) == 302
    assert Network().member("member").name == "Mia Neu" and not sent


def test_the_office_writes_to_no_one_who_has_no_account(login: LogIn, network: Network, sent: list) -> None:
    network.member("member").state, network.member("member").password_hash = "person", ""
    assert give_address(login("editorial")) == 302
    assert not sent
