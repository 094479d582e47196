"""Asking for access: confirmed by the address, decided by the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.invitations.models import AccessRequest, Invitation
from portal.invitations.services import inviting
from portal.invitations.services.inviting import Guest
from portal.plugin_host.host import EXTENSION
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.invitations.conftest import BASE, Sent

LogIn = Callable[..., PortalClient]
NEW = "fragt@netz.example"
WISH = {"name": "Frieda Fragt", "organisation": "0", "organisation_name": "Neuwerk", "reason": "Wegen der Labore"}
CHOSEN = {"password": "wolke-leiter-senf-trommel", "again": "wolke-leiter-senf-trommel"}


@pytest.fixture
def waiting(client: PortalClient, sent: Sent) -> AccessRequest:
    """A request whose address is confirmed."""
    client.post("/login/request", data={**WISH, "email": NEW})
    client.post(f"/login/request/{sent.secret}")
    return db.session.scalars(select(AccessRequest)).one()


def test_the_answer_is_the_same_for_known_addresses(client: PortalClient, sent: Sent) -> None:
    answers = []
    for email in (NEW, address("member"), address("disabled")):
        answers.append(client.post("/login/request", data={**WISH, "email": email}))
    assert {answer.status_code for answer in answers} == {200}
    assert [mail[0] for mail in sent] == [NEW, address("member")]
    assert "/login/reset" in sent[1][2] and "/login/request/" not in sent[1][2]


def test_nothing_waits_before_the_address_is_confirmed(client: PortalClient, login: LogIn, sent: Sent) -> None:
    client.post("/login/request", data={**WISH, "email": NEW})
    assert client.get(f"/login/request/{sent.secret}").status_code == 200
    assert "Frieda" not in login("editorial").get("/admin/requests").text


def test_a_request_is_confirmed_once_and_in_time(client: PortalClient, sent: Sent) -> None:
    client.post("/login/request", data={**WISH, "email": NEW})
    secret = sent.secret
    with time_machine.travel(utcnow() + timedelta(days=1, minutes=1)):
        assert client.post(f"/login/request/{secret}").status_code == 404
    assert client.post(f"/login/request/{secret}").status_code == 302
    assert client.post(f"/login/request/{secret}").status_code == 404


def test_who_decides_is_told_at_most_once_an_hour(client: PortalClient, waiting: AccessRequest, sent: Sent) -> None:
    client.post("/login/request", data={**WISH, "email": "zweite@netz.example"})
    client.post(f"/login/request/{sent.secret}")
    told = [mail[0] for mail in sent if "/admin/requests" in mail[2]]
    assert sorted(told) == [address("admin"), address("editorial")]


def test_the_start_page_of_the_office_counts_them(login: LogIn, waiting: AccessRequest) -> None:
    assert "/admin/requests" in login("editorial").get("/").text
    assert "/admin/requests" not in login("member").get("/").text


def test_a_granted_request_becomes_an_invitation(
    client: PortalClient, login: LogIn, waiting: AccessRequest, sent: Sent, network: Network
) -> None:
    place = network.organisation("nordwerk").id
    office, data = login("editorial"), {"organisation": str(place), "role": "representative"}
    assert office.post(f"/admin/requests/{waiting.id}/approve", data=data).location == "/admin/requests"
    assert db.session.scalars(select(Invitation.organisation_id)).one() == place
    assert client.post(f"/invitation/{sent.secret}", data=CHOSEN).status_code == 302
    assert office.post(f"/admin/requests/{waiting.id}/approve", data=data).status_code == 404


def test_a_refusal_mails_its_reason(login: LogIn, waiting: AccessRequest, sent: Sent) -> None:
    path = f"/admin/requests/{waiting.id}/refuse"
    assert login("editorial").post(path, data={"reason": ""}).status_code == 422
    login("editorial").post(path, data={"reason": "Das Portal ist für das Netzwerk."})
    assert sent[-1][0] == NEW and "für das Netzwerk" in sent[-1][2]


def test_an_organisation_must_be_chosen_or_named(client: PortalClient, sent: Sent) -> None:
    answer = client.post("/login/request", data={**WISH, "email": NEW, "organisation_name": " "})
    assert answer.status_code == 422 and "Wegen der Labore" in answer.text
    assert not sent


def test_asking_can_be_switched_off(client: PortalClient, monkeypatch: pytest.MonkeyPatch) -> None:
    host = client.application.extensions[EXTENSION]
    monkeypatch.setattr(host, "settings", host.settings.model_copy(update={"access_requests": False}))
    assert client.get("/login/request").status_code == 404
    assert client.post("/login/request", data={**WISH, "email": NEW}).status_code == 404


def test_strangers_who_ask_keep_nobody_else_away(client: PortalClient, network: Network, sent: Sent) -> None:
    for _ in range(5):
        client.post("/login/request", data={**WISH, "email": address("member")})
    assert client.post("/login/request", data={**WISH, "email": address("member")}).status_code == 429
    assert client.post("/login/reset", data={"email": address("member")}).status_code == 200
    with unit_of_work():
        guest = Guest("Mia", address("member"), network.organisation("nordwerk").id)
        inviting.create_invitation(network.actor("editor"), guest, BASE, "de")
    assert "/invitation/" in sent[-1][2]


NO_NAMES = ("Sie: https://evil.example", "Www.evil.example", "evil.example/a", "a@evil.example")
NO_NAMES += (
    "Mehr auf evil.example",
    "Ihr Konto: evil.co",
    "prof.evil.example",
    "evil。example",
    "Rufen Sie 0900 123456 an",
)


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_carries_no_address(client: PortalClient, login: LogIn, sent: Sent, name: str) -> None:
    answer = client.post("/login/request", data={**WISH, "email": NEW, "name": name})
    data = {"name": name, "email": NEW, "role": "representative"}
    assert answer.status_code == 422 and 'id="name-error"' in answer.text
    assert login("editor").post("/organisations/nordwerk/invitations", data=data).status_code == 422
    assert not sent


@pytest.mark.parametrize("name", ["Prof. Dr. A. B. Beispiel", "Prof.Dr.Ada Beispiel", "Kim O'Neill 3.", "St.Claire"])
def test_a_name_with_dots_is_a_name(client: PortalClient, sent: Sent, name: str) -> None:
    assert client.post("/login/request", data={**WISH, "email": NEW, "name": name}).status_code == 200
    assert len(sent) == 1


@pytest.mark.parametrize("field", ["name", "title"])
def test_who_invites_signs_with_a_name_alone(login: LogIn, network: Network, field: str) -> None:
    before = network.member("editor").name
    data = {"name": "Ines", "locale": "de", "version": "1", field: "Sperrung: evil.example"}
    answer = login("editor").post("/me", data=data)
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert network.member("editor").name == before


def test_an_unconfirmed_mail_says_nothing_that_was_typed(client: PortalClient, sent: Sent) -> None:
    client.post("/login/request", data={**WISH, "email": NEW})
    assert not any(str(typed) in sent[-1][2] for typed in ("Frieda", "Neuwerk", "Labore"))
