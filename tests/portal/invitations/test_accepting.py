"""Accepting: once, by the right one, and never against an account that exists."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.errors import NotFound
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.invitations.services import accepting, inviting
from portal.invitations.services.inviting import Guest
from portal.login.services import passwords
from portal.members.models import Member
from portal.members.services.creating import create_person
from portal.members.services.editing import update_member
from portal.organisations.models import Membership
from portal.organisations.services.memberships import delete_membership, set_membership
from portal.permissions.actor import system
from portal.permissions.models import MemberRole
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.invitations.conftest import BASE, Sent
from tests.portal.login.conftest import is_inside
from tests.portal.login.factors import code, give_app

LogIn = Callable[..., PortalClient]
Invite = Callable[..., str]
NEW = "neu@netz.example"
CHOSEN = "wolke-leiter-senf-trommel"
CHOICE = {"password": CHOSEN, "again": CHOSEN}
THREADS = 100


@pytest.fixture
def person(network: Network, sent: Sent) -> Member:
    """Somebody without account whom the office has invited."""
    with unit_of_work():
        person = create_person(system(), "Petra Person", "petra@netz.example")
        inviting.invite_person(system(), person, BASE, "de")
    return person


def count_members() -> int:
    return db.session.scalar(select(func.count()).select_from(Member)) or 0


def test_an_invitation_makes_a_member_of_the_organisation(client: PortalClient, invited: Invite) -> None:
    secret = invited(NEW, role="editor")
    assert "Neue Kollegin" in client.get(f"/invitation/{secret}").text
    assert client.post(f"/invitation/{secret}", data=CHOICE).location == "/"
    assert is_inside(client)
    member = db.session.scalars(select(Member).where(Member.email == NEW)).one()
    assert db.session.scalars(select(Membership.role).where(Membership.member_id == member.id)).one() == "editor"


def test_a_person_claims_their_history(client: PortalClient, person: Member, sent: Sent) -> None:
    number, before = person.id, count_members()
    client.post(f"/invitation/{sent.secret}", data=CHOICE)
    assert is_inside(client)
    assert db.session.get_one(Member, number).state == "active"
    assert count_members() == before


def test_a_person_is_known_by_the_address_alone(client: PortalClient, invited: Invite) -> None:
    with unit_of_work():
        number = create_person(system(), "Petra Person", NEW).id
    client.post(f"/invitation/{invited(NEW)}", data=CHOICE)
    assert db.session.get_one(Member, number).state == "active"


def test_an_easy_password_leaves_the_invitation_open(client: PortalClient, invited: Invite) -> None:
    secret = invited(NEW)
    assert client.post(f"/invitation/{secret}", data={"password": "kurz", "again": "kurz"}).status_code == 422
    assert client.get(f"/invitation/{secret}").status_code == 200


def test_an_invitation_serves_once(app: Flask, client: PortalClient, invited: Invite) -> None:
    secret = invited(NEW)
    client.post(f"/invitation/{secret}", data=CHOICE)
    other = app.test_client()
    assert other.post(f"/invitation/{secret}", data=CHOICE).status_code == 404


def test_an_account_is_never_changed_by_an_invitation(client: PortalClient, network: Network, invited: Invite) -> None:
    before, secret = network.member("member").password_hash, invited(address("member"))
    assert client.post(f"/invitation/{secret}", data=CHOICE).status_code == 404
    assert network.member("member").password_hash == before
    assert not is_inside(client)


def test_an_account_agrees_to_belong(login: LogIn, network: Network, invited: Invite) -> None:
    secret, member = invited(address("member")), login("member")
    assert member.get(f"/invitation/{secret}").status_code == 200
    assert member.post(f"/invitation/{secret}/join").location == "/organisations/nordwerk"
    assert db.session.get(Membership, (network.member("member").id, network.organisation("nordwerk").id))


def test_nobody_agrees_for_another(login: LogIn, invited: Invite) -> None:
    secret = invited(address("member"))
    assert login("other").post(f"/invitation/{secret}/join").status_code == 403


def test_an_editor_stays_an_editor(login: LogIn, network: Network, invited: Invite) -> None:
    login("coeditor").post(f"/invitation/{invited(address('coeditor'))}/join")
    key = (network.member("coeditor").id, network.organisation("nordwerk").id)
    assert db.session.get_one(Membership, key).role == "editor"


def test_a_disabled_member_stays_outside(client: PortalClient, invited: Invite) -> None:
    secret = invited(address("disabled"))
    assert client.get(f"/invitation/{secret}").status_code == 404
    assert client.post(f"/invitation/{secret}", data=CHOICE).status_code == 404


def test_a_corrected_address_voids_what_went_to_the_old_one(client: PortalClient, person: Member, sent: Sent) -> None:
    with unit_of_work():
        update_member(system(), person.id, person.name, "right@netz.example", "", person.version)
    assert client.get(f"/invitation/{sent.secret}").status_code == 404


def redeem(app: Flask, secret: str) -> bool:
    with app.app_context():
        try:
            with unit_of_work():
                accepting.accept_with_password(secret, CHOSEN)
        except NotFound:
            return False
        finally:
            db.session.remove()
        return True


def test_many_at_once_make_one_account(app: Flask, invited: Invite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hash_password", lambda password: "a hash")
    monkeypatch.setattr(passwords, "check_strength", lambda *_: None)
    secret, before = invited(NEW), count_members()
    db.session.remove()
    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(lambda _: redeem(app, secret), range(THREADS))) == 1
    assert count_members() == before + 1


@pytest.mark.parametrize("how", ["removed", "lowered"])
def test_what_a_former_editor_sent_is_void_and_withdrawn(
    client: PortalClient, login: LogIn, network: Network, invited: Invite, how: str
) -> None:
    secret, editor, place = invited(NEW), network.member("editor").id, network.organisation("nordwerk").id
    with unit_of_work():
        if how == "removed":
            delete_membership(system(), editor, place)
        else:
            set_membership(system(), editor, place, "representative")
    assert client.get(f"/invitation/{secret}").status_code == 404
    assert NEW not in login("coeditor").get("/organisations/nordwerk/invitations").text


@pytest.mark.parametrize("who", ["editor", "editorial"])
def test_nobody_is_let_in_by_who_may_no_longer_invite(
    client: PortalClient, network: Network, invited: Invite, who: str
) -> None:
    secret, before = invited(NEW, by=who), count_members()
    with unit_of_work():  # by no service, so that nothing is withdrawn
        db.session.execute(delete(Membership).where(Membership.member_id == network.member(who).id))
        db.session.execute(delete(MemberRole).where(MemberRole.member_id == network.member(who).id))
    answer = client.post(f"/invitation/{secret}", data=CHOICE, headers={"Accept-Language": "en"})
    assert (answer.status_code, "Please ask for a new invitation" in answer.text) == (404, True)
    assert count_members() == before


def test_what_the_office_sent_stays_when_they_stop_editing(client: PortalClient, network: Network) -> None:
    place, office = network.organisation("nordwerk").id, network.actor("editorial")
    with unit_of_work():
        set_membership(system(), office.id or 0, place, "editor")
        inviting.create_invitation(office, Guest("Neu", NEW, place), BASE, "de")
        delete_membership(system(), office.id or 0, place)
    assert db.session.scalars(select(Invitation.withdrawn_at)).one() is None


def test_accepting_is_a_log_in_like_others(client: PortalClient, invited: Invite) -> None:
    client.post(f"/invitation/{invited(NEW)}", data=CHOICE)
    member = db.session.scalars(select(Member).where(Member.email == NEW)).one()
    entered = select(AuditEntry.actor_id).where(AuditEntry.action == "login.succeeded")
    assert member.last_login_at is not None
    assert db.session.scalars(entered).all() == [member.id]


def test_accepting_asks_for_the_factor_of_who_has_one(client: PortalClient, person: Member, sent: Sent) -> None:
    give_app("petra")
    assert client.post(f"/invitation/{sent.secret}", data=CHOICE).location == "/login/factor?next=/"
    assert not is_inside(client)
    assert client.post("/login/factor", data={"code": code()}).status_code == 302
    assert is_inside(client)
