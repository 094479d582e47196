"""Taking an account back by the link to the old address; and what a change of address does not survive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.models import AddressChange, Passkey, RecoveryCode, TotpFactor
from portal.login.services.addresses import confirm_change
from portal.login.services.tokens import hash_token
from portal.members.models import Member
from portal.members.services.disabling import disable_member
from portal.members.services.editing import update_member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address
from tests.portal.login.factors import give_app

LogIn = Callable[..., PortalClient]
NEW, THIRD = "neue.adresse@netz.example", "dritte@netz.example"
STRONG = "wolke-leiter-senf-trommel"


def own_id() -> int:
    return db.session.scalars(select(Member.id).where(Member.name == "Mia Mitglied")).one()


def ask_for(address_wanted: str = NEW) -> None:
    """A change that the member asked for and nobody confirmed."""
    with unit_of_work():
        row = AddressChange(member_id=own_id(), old_email=address("member"), new_email=address_wanted)
        row.token_hash, row.expires_at = hash_token("new"), utcnow() + timedelta(minutes=10)
        db.session.add(row)


def change_address() -> None:
    """A confirmed change, whose link to undo it is "undo"."""
    ask_for()
    with unit_of_work():
        confirm_change("new", "http://netz.example")
        db.session.scalars(select(AddressChange)).one().undo_hash = hash_token("undo")


def add_passkey(days_ago: int) -> None:
    with unit_of_work():
        row = Passkey(member_id=own_id(), credential_id=f"key {days_ago}", public_key=b"x", name=f"{days_ago}")
        row.created_at = utcnow() - timedelta(days=days_ago)
        db.session.add(row)


@pytest.mark.parametrize(("days_ago", "left"), [(1, 0), (8, 1)])
def test_undoing_removes_passkeys_of_the_days_before(client: PortalClient, days_ago: int, left: int) -> None:
    add_passkey(days_ago)
    change_address()
    assert client.post("/login/address/undo/undo").status_code == 200
    assert db.session.scalar(select(func.count(Passkey.id))) == left


@pytest.mark.parametrize(("days_ago", "left"), [(1, 0), (8, 1), (None, 0)])
def test_undoing_goes_by_when_an_app_was_confirmed(client: PortalClient, days_ago: int | None, left: int) -> None:
    give_app("member")
    with unit_of_work():
        row = db.session.scalars(select(TotpFactor)).one()
        row.created_at = utcnow() - timedelta(days=30)
        row.confirmed_at = None if days_ago is None else utcnow() - timedelta(days=days_ago)
    change_address()
    client.post("/login/address/undo/undo")
    assert db.session.scalar(select(func.count(TotpFactor.member_id))) == left
    assert db.session.scalar(select(func.count(RecoveryCode.id))) == 0


def test_undoing_says_what_was_removed(client: PortalClient, monkeypatch: pytest.MonkeyPatch) -> None:
    mails: list[tuple[str, str, str]] = []
    monkeypatch.setattr("portal.mail.services.outbox.deliver", lambda *mail: mails.append(mail))
    add_passkey(1)
    change_address()
    client.post("/login/address/undo/undo")
    assert any(to == address("member") and "Passkeys: 1." in text for to, _subject, text, *_rest in mails)


def test_undoing_stops_an_erasure(client: PortalClient) -> None:
    change_address()
    with unit_of_work():
        Network().member(NEW.partition("@")[0]).erase_at = utcnow() + timedelta(days=1)
    client.post("/login/address/undo/undo")
    assert Network().member("member").erase_at is None


def change_password(login: LogIn) -> None:
    login("member").post("/me/security", data={"old_password": PASSWORD, "password": STRONG, "again": STRONG})


def end_others(login: LogIn) -> None:
    login("member").post("/me/sessions/end-others")


def shut_out(login: LogIn) -> None:
    with unit_of_work():
        disable_member(system(), own_id())


def give_third_address(login: LogIn | None = None) -> None:
    """What the office does."""
    with unit_of_work():
        person = db.session.get_one(Member, own_id())
        update_member(system(), person.id, person.name, THIRD, "", person.version)


@pytest.mark.parametrize("event", [change_password, end_others, shut_out, give_third_address])
def test_an_unconfirmed_change_ends_with(login: LogIn, client: PortalClient, event: Callable[[LogIn], None]) -> None:
    ask_for()
    event(login)
    assert client.post("/login/address/new").status_code == 404
    with unit_of_work():
        assert db.session.get_one(Member, own_id()).email != NEW


def test_a_reset_ends_an_unconfirmed_change(client: PortalClient, link: Callable[[str, str], str]) -> None:
    ask_for()
    client.post(f"/login/reset/{link('member', 'reset')}", data={"password": STRONG, "again": STRONG})
    assert client.post("/login/address/new").status_code == 404


def test_a_change_counts_for_the_address_that_it_began_with(client: PortalClient) -> None:
    ask_for()
    with unit_of_work():
        Network().member("member").email = THIRD
    assert client.post("/login/address/new").status_code == 404


def test_an_address_of_the_office_is_not_undone_by_an_older_link(client: PortalClient) -> None:
    change_address()
    give_third_address()
    assert client.post("/login/address/undo/undo").status_code == 404


def test_the_office_cannot_void_the_undoing_of_its_own_change(client: PortalClient) -> None:
    give_third_address()
    with unit_of_work():
        db.session.scalars(select(AddressChange)).one().undo_hash = hash_token("undo")
        person = db.session.get_one(Member, own_id())
        update_member(system(), person.id, person.name, NEW, "", person.version)
    assert client.post("/login/address/undo/undo").status_code == 200
