"""Inviting, sending again, withdrawing: by the office and by editors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal.database import unit_of_work, utcnow
from portal.errors import Forbidden, TooMany
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.invitations.services import inviting
from portal.invitations.services.inviting import Guest
from portal.login.services.tokens import hash_token
from portal.members.services.disabling import disable_member
from portal.organisations.models import Membership
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.invitations.conftest import BASE, Sent

LogIn = Callable[..., PortalClient]
Invite = Callable[..., str]
NEW = "neu@netz.example"
PAGE = "/organisations/nordwerk/invitations"
COLLEAGUE = {"name": "Neue Kollegin", "email": NEW, "role": "representative"}


def only() -> Invitation:
    return db.session.scalars(select(Invitation)).one()


def test_an_editor_invites_a_colleague_and_sees_them(login: LogIn, sent: Sent) -> None:
    editor = login("editor")
    assert editor.post(PAGE, data=COLLEAGUE).location == PAGE
    assert [mail[0] for mail in sent] == [NEW]
    assert NEW in editor.get(PAGE).text


@pytest.mark.parametrize("who", ["member", "other", "participant"])
def test_nobody_else_invites_into_an_organisation(login: LogIn, sent: Sent, who: str) -> None:
    assert login(who).post(PAGE, data=COLLEAGUE).status_code == 403
    assert not sent


def test_an_editor_can_not_invite_into_no_organisation(network: Network) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        inviting.create_invitation(network.actor("editor"), Guest("Neu", NEW), BASE, "de")


def test_the_secret_is_stored_only_as_a_hash(invited: Invite) -> None:
    secret = invited(NEW)
    assert only().token_hash == hash_token(secret)
    assert only().expires_at - utcnow() <= timedelta(days=7)


@pytest.mark.parametrize("email", [NEW, address("member"), address("disabled")])
def test_an_editor_learns_nothing_of_accounts(login: LogIn, sent: Sent, email: str) -> None:
    editor = login("editor")
    assert editor.post(PAGE, data={**COLLEAGUE, "email": email}).location == PAGE
    assert "Neue Kollegin" in editor.get(PAGE).text and "Mia Mitglied" not in editor.get(PAGE).text
    assert db.session.get(Membership, (Network().member("member").id, Network().organisation("nordwerk").id)) is None


def test_sending_again_voids_the_earlier_link(login: LogIn, client: PortalClient, invited: Invite, sent: Sent) -> None:
    older = invited(NEW)
    login("editor").post(f"/invitations/{only().id}/resend", data={"from": "organisation"})
    assert client.get(f"/invitation/{older}").status_code == 404
    assert client.get(f"/invitation/{sent.secret}").status_code == 200


def test_inviting_twice_is_sending_again(client: PortalClient, invited: Invite) -> None:
    older, newer = invited(NEW), invited(NEW)
    assert only().token_hash == hash_token(newer)
    assert client.get(f"/invitation/{older}").status_code == 404


def test_a_withdrawn_invitation_is_useless(login: LogIn, client: PortalClient, invited: Invite) -> None:
    secret, editor = invited(NEW), login("editor")
    editor.post(f"/invitations/{only().id}/withdraw", data={"from": "organisation"})
    assert client.get(f"/invitation/{secret}").status_code == 404
    assert NEW not in editor.get(PAGE).text


@pytest.mark.parametrize("action", ["resend", "withdraw"])
def test_a_foreign_invitation_does_not_exist(login: LogIn, invited: Invite, action: str) -> None:
    invited(NEW)
    assert login("other").post(f"/invitations/{only().id}/{action}").status_code == 404


def test_an_expired_invitation_is_shown_as_such(login: LogIn, client: PortalClient, invited: Invite) -> None:
    secret = invited(NEW)
    with time_machine.travel(utcnow() + timedelta(days=7, minutes=1)):
        assert client.get(f"/invitation/{secret}").status_code == 404
        assert "Expired" in login("editor").get(PAGE, headers={"Accept-Language": "en"}).text


def test_at_most_five_mails_an_hour_go_to_an_address(invited: Invite, sent: Sent) -> None:
    for _ in range(5):
        invited(NEW)
    with pytest.raises(TooMany):
        invited(NEW)
    with time_machine.travel(utcnow() + timedelta(minutes=61)):
        invited(NEW)
    assert len(sent) == 6


def test_what_a_disabled_editor_sent_is_void(client: PortalClient, network: Network, invited: Invite) -> None:
    secret = invited(NEW)
    with unit_of_work():
        disable_member(system(), network.member("editor").id)
    assert client.get(f"/invitation/{secret}").status_code == 404


def test_the_office_puts_an_account_into_the_organisation_at_once(network: Network, sent: Sent) -> None:
    guest = Guest("Mia", address("member"), network.organisation("nordwerk").id)
    office = network.actor("editorial")
    with unit_of_work():
        assert inviting.create_invitation(office, guest, BASE, "de") is None
    assert db.session.get(Membership, (network.member("member").id, guest.organisation_id)) is not None
    assert [mail[1] for mail in sent] == ["Sie vertreten jetzt Nordwerk e. V."]


HOSTILE = (
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example:443"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-Host": "evil.example", "X-Forwarded-Server": "evil.example", "X-Host": "evil.example"},
    {"X-Forwarded-Prefix": "//evil.example", "X-Rewrite-URL": "https://evil.example/"},
)


@pytest.mark.parametrize("headers", HOSTILE)
@pytest.mark.parametrize("path", [PAGE, "/login/reset", "/login/request"])
def test_mailed_links_carry_the_set_address_only(login: LogIn, sent: Sent, headers: dict[str, str], path: str) -> None:
    email = address("member") if path == "/login/reset" else NEW
    data = {**COLLEAGUE, "email": email, "organisation": "0", "organisation_name": "Neuwerk"}
    login("editor").post(path, data=data, headers=headers)
    assert "evil" not in "".join("".join(mail) for mail in sent)
    assert bool(sent) == ("Host" not in headers)


def test_many_are_sent_again_and_each_says_what_became_of_it(login: LogIn, invited: Invite, sent: Sent) -> None:
    first = invited("eins@netz.example")
    invited("zwei@netz.example")
    invited("drei@netz.example", "other", slug="suedwerk")
    rows = {one.email: one.id for one in db.session.scalars(select(Invitation))}
    for _ in range(4):
        invited("zwei@netz.example")
    before = len(sent)
    page = login("editor").post("/invitations/resend", data={"id": list(rows.values()), "place": "nordwerk"}).text
    assert [mail[0] for mail in sent[before:]] == ["eins@netz.example"]
    assert "Bitte warten Sie" in page and "zwei@netz.example" in page and "drei@netz.example" not in page
    assert login("editor").get(f"/invitation/{first}").status_code == 404


def test_choosing_nobody_sends_nothing(login: LogIn, invited: Invite, sent: Sent) -> None:
    invited("eins@netz.example")
    answer = login("editor").post("/invitations/resend", data={"place": "nordwerk"})
    assert answer.location == "/organisations/nordwerk/invitations" and len(sent) == 1
