"""Passkeys: made, used, renamed, removed; and every answer that must not count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.config import Settings
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.models import Passkey, PasskeyChallenge
from portal.members.services.disabling import disable_member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.login.authenticator import Device
from tests.portal.login.conftest import is_inside
from tests.portal.login.factors import let_proof_grow_old

LogIn = Callable[..., PortalClient]
ORIGIN = "https://netz.example"
OWN = "/me/security/passkeys"


@pytest.fixture(autouse=True)
def address_with_name(app: Flask, settings: Settings) -> Iterator[None]:
    """Passkeys are bound to a name."""
    before, settings.base_url = settings.base_url, ORIGIN
    yield
    settings.base_url = before


@pytest.fixture
def device(login: LogIn) -> Device:
    """A device with a passkey of the member."""
    made = Device(ORIGIN)
    add(login("member"), made)
    return made


def add(client: PortalClient, made: Device, **fields: str) -> int:
    """Register the device's passkey."""
    options = client.post(f"{OWN}/question").get_json(force=True)
    return client.post(OWN, data={"name": "Laptop", "credential": made.register(options), **fields}).status_code


def enter(client: PortalClient, made: Device) -> int:
    """Log in with the device."""
    options = client.post("/login/passkey/question").get_json(force=True)
    return client.post("/login/passkey", data={"credential": made.sign(options), "next": "/members/"}).status_code


def passkeys() -> list[Passkey]:
    with unit_of_work():
        return list(db.session.scalars(select(Passkey)))


def test_a_passkey_is_both_factors(client: PortalClient, device: Device) -> None:
    assert enter(client, device) == 302
    assert is_inside(client)


def test_the_first_passkey_brings_recovery_codes(login: LogIn) -> None:
    client, made = login("member"), Device(ORIGIN)
    assert add(client, made) == 200
    assert add(client, replace(made, number=b"other")) == 302


def test_with_a_passkey_the_password_alone_is_too_little(device: Device, client: PortalClient) -> None:
    data = {"email": "member@netz.example", "password": "richtig-pferd-batterie"}
    assert client.post("/login", data=data).location.startswith("/login/factor")


@pytest.mark.parametrize("change", [{"verifies": False}, {"origin": "https://evil.example"}, {"number": b"unknown"}])
def test_an_answer_that_does_not_fit_lets_nobody_in(
    client: PortalClient, device: Device, change: dict[str, str]
) -> None:
    assert enter(client, replace(device, **change)) == 401  # type: ignore[arg-type]
    assert not is_inside(client)


def test_another_key_under_the_same_number_lets_nobody_in(client: PortalClient, device: Device) -> None:
    assert enter(client, Device(ORIGIN, number=device.number)) == 401


@pytest.mark.parametrize("change", [{"verifies": False}, {"origin": "https://evil.example"}])
def test_a_passkey_is_not_kept_without_its_owner_or_from_elsewhere(login: LogIn, change: dict[str, str]) -> None:
    assert add(login("member"), replace(Device(ORIGIN), **change)) == 422  # type: ignore[arg-type]
    assert passkeys() == []


def test_an_answer_counts_once(client: PortalClient, device: Device, app: Flask) -> None:
    options = client.post("/login/passkey/question").get_json(force=True)
    answer = device.sign(options)
    with client.session_transaction() as session:
        kept = session["passkey_asked"]
    assert client.post("/login/passkey", data={"credential": answer}).status_code == 302
    other: PortalClient = app.test_client()  # type: ignore[assignment]
    with other.session_transaction() as session:
        session["passkey_asked"] = kept
    assert other.post("/login/passkey", data={"credential": answer}).status_code == 401


def test_a_wrong_answer_uses_the_question_up(client: PortalClient, device: Device) -> None:
    options = client.post("/login/passkey/question").get_json(force=True)
    client.post("/login/passkey", data={"credential": replace(device, verifies=False).sign(options)})
    with unit_of_work():
        assert db.session.scalars(select(PasskeyChallenge).where(PasskeyChallenge.purpose == "enter")).all() == []


def test_an_answer_in_another_browser_counts_for_nothing(client: PortalClient, device: Device, app: Flask) -> None:
    answer = device.sign(client.post("/login/passkey/question").get_json(force=True))
    other: PortalClient = app.test_client()  # type: ignore[assignment]
    other.post("/login/passkey/question")
    assert other.post("/login/passkey", data={"credential": answer}).status_code == 401


def test_a_late_answer_counts_for_nothing(client: PortalClient, device: Device) -> None:
    answer = device.sign(client.post("/login/passkey/question").get_json(force=True))
    with unit_of_work():
        db.session.execute(update(PasskeyChallenge).values(expires_at=utcnow() - timedelta(seconds=1)))
    assert client.post("/login/passkey", data={"credential": answer}).status_code == 401


def test_a_question_to_prove_does_not_log_in(login: LogIn, device: Device) -> None:
    client = login("member")
    answer = device.sign(client.post("/me/confirm/passkey").get_json(force=True))
    assert client.post("/login/passkey", data={"credential": answer}).status_code == 401


def test_a_copied_device_is_noticed_by_its_count(client: PortalClient, device: Device) -> None:
    copy = replace(device)
    assert [enter(client, device), enter(client, device)] == [302, 302]
    assert enter(client, copy) == 401


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}'])
def test_nonsense_is_refused(client: PortalClient, device: Device, sent: str) -> None:
    client.post("/login/passkey/question")
    assert client.post("/login/passkey", data={"credential": sent}).status_code == 401


def test_a_disabled_member_does_not_come_in(client: PortalClient, device: Device) -> None:
    with unit_of_work():
        disable_member(system(), Network().member("member").id)
    assert enter(client, device) == 401


def test_a_passkey_is_a_proof_of_its_owner_alone(login: LogIn, device: Device) -> None:
    for who, status in (("member", 302), ("other", 422)):
        client = login(who)
        let_proof_grow_old()
        answer = device.sign(client.post("/me/confirm/passkey").get_json(force=True))
        assert client.post("/me/confirm", data={"credential": answer}).status_code == status


def test_passkey_rename_and_remove(login: LogIn, device: Device, client: PortalClient) -> None:
    own, number = login("member"), passkeys()[0].id
    own.post(f"{OWN}/{number}/rename", data={"name": "Werkstatt"})
    assert passkeys()[0].name == "Werkstatt"
    own.post(f"{OWN}/{number}/remove")
    assert enter(client, device) == 401


@pytest.mark.parametrize("verb", ["rename", "remove"])
def test_a_passkey_of_somebody_else_is_not_there(login: LogIn, device: Device, verb: str) -> None:
    answer = login("other").post(f"{OWN}/{passkeys()[0].id}/{verb}", data={"name": "x"})
    assert answer.status_code == 404


def test_passkeys_are_not_offered_under_a_bare_number(client: PortalClient, settings: Settings) -> None:
    settings.base_url = "http://127.0.0.1:8000"
    assert "data-passkey" not in client.get("/login").text
    settings.base_url = "http://localhost:8000"
    assert "data-passkey" in client.get("/login").text
