"""The people of an organisation, looked after by its editors and the office."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.mail.models import OutgoingMail
from portal.members.services.creating import create_person
from portal.members.services.disabling import disable_member
from portal.notices.models import Notice
from portal.notices.names import RIGHTS
from portal.organisations import messages
from portal.organisations.models import Membership
from portal.organisations.services import teams
from portal.organisations.services.memberships import delete_membership, set_membership
from portal.permissions.actor import command_line, system
from portal.privacy.services.erasing import erase_member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}
PEOPLE = "/organisations/suedwerk/members"


@pytest.fixture
def place(network: Network) -> int:
    """Südwerk: Otto edits, Mia and Paul belong to it."""
    return network.organisation("suedwerk").id


def role_of(network: Network, who: str, place: int) -> str | None:
    held = db.session.get(Membership, (network.member(who).id, place), populate_existing=True)
    return held.role if held else None


def mails() -> list[tuple[str, str]]:
    return [(one.recipient, one.subject) for one in db.session.query(OutgoingMail).order_by(OutgoingMail.id)]


@pytest.mark.parametrize(("who", "status"), [("other", 200), ("editorial", 200), ("editor", 403), ("member", 403)])
def test_member_list_is_for_its_editors_and_the_office(login: LogIn, who: str, status: int) -> None:
    answer = login(who).get(PEOPLE)
    assert answer.status_code == status and ("Paul Teilnehmer" in answer.text) == (status == 200)


def test_member_list_shows_nobody_who_is_disabled_and_no_address(login: LogIn) -> None:
    text = login("editor").get("/organisations/nordwerk/members").text
    assert "Cem Kollege" in text and "Dora Gesperrt" not in text and address("coeditor") not in text


def test_an_editor_makes_a_colleague_editor_and_back(login: LogIn, network: Network, place: int) -> None:
    client, path = login("other"), f"{PEOPLE}/{network.member('member').id}/role"
    for role in ("editor", "representative"):
        assert client.post(path, data={"role": role}).location == PEOPLE
        assert role_of(network, "member", place) == role


def test_an_editor_removes_somebody(login: LogIn, network: Network, place: int) -> None:
    login("other").post(f"{PEOPLE}/{network.member('member').id}/remove")
    assert role_of(network, "member", place) is None
    assert network.member("member").state == "active"


@pytest.mark.parametrize("deed", ["role", "remove"])
def test_the_last_editor_can_not_go(login: LogIn, network: Network, place: int, deed: str) -> None:
    path = f"{PEOPLE}/{network.member('other').id}/{deed}"
    answer = login("other").post(path, data={"role": "representative"}, headers=ENGLISH, follow_redirects=True)
    assert "Nobody else edits for this organisation" in answer.text
    assert role_of(network, "other", place) == "editor"


def test_handing_over_is_one_step(login: LogIn, network: Network, place: int) -> None:
    data = {"leaving": network.member("other").id, "successor": network.member("member").id}
    assert login("other").post(f"{PEOPLE}/hand-over", data=data).location == "/organisations/suedwerk"
    assert (role_of(network, "other", place), role_of(network, "member", place)) == ("representative", "editor")


def test_handing_over_to_nobody_changes_nothing(network: Network, place: int) -> None:
    own, other = network.actor("other"), network.member("editor").id
    for to, error in ((other, Invalid), (own.id or 0, Invalid)):
        with pytest.raises(error), unit_of_work():
            teams.hand_over(own, place, own.id or 0, to)
    assert role_of(network, "other", place) == "editor"


def test_nobody_hands_over_what_is_another_s(network: Network, place: int) -> None:
    with unit_of_work():
        set_membership(system(), network.member("member").id, place, "editor")
    with pytest.raises(Forbidden), unit_of_work():
        teams.hand_over(network.actor("member"), place, network.member("other").id, network.member("participant").id)


@pytest.mark.parametrize("who", ["editor", "member", "participant"])
def test_others_change_nothing(network: Network, place: int, who: str) -> None:
    actor, target = network.actor(who), network.member("participant").id
    for deed in (
        lambda: set_membership(actor, target, place, "editor"),
        lambda: delete_membership(actor, target, place),
        lambda: teams.hand_over(actor, place, network.member("other").id, target),
        lambda: teams.list_team(actor, network.organisation("suedwerk")),
    ):
        with pytest.raises(Forbidden), unit_of_work():
            deed()


def test_an_editor_takes_nobody_in_without_an_invitation(network: Network, place: int) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        set_membership(network.actor("other"), network.member("editor").id, place, "representative")


def test_who_is_no_part_of_it_can_not_be_removed(network: Network, place: int) -> None:
    with pytest.raises(NotFound), unit_of_work():
        delete_membership(network.actor("other"), network.member("editor").id, place)


@pytest.mark.parametrize("by", ["editor", "command line"])
def test_those_concerned_are_told_and_nobody_of_what_they_did_themselves(network: Network, place: int, by: str) -> None:
    own = network.actor("other")
    with unit_of_work():
        teams.hand_over(own if by == "editor" else command_line(), place, own.id or 0, network.member("member").id)
    told = {one.member_id for one in db.session.query(Notice).filter_by(kind=RIGHTS)}
    assert told == {network.member("member").id} | ({own.id} if by == "command line" else set())


def test_changes_are_audited_with_before_and_after(login: LogIn, network: Network, place: int) -> None:
    with unit_of_work():
        set_membership(network.actor("other"), network.member("member").id, place, "editor")
    entry = db.session.query(AuditEntry).filter_by(action="membership.set").one()
    assert (entry.details["before"], entry.details["role"]) == ("representative", "editor")


def test_disabling_the_last_editor_lets_the_office_take_over(login: LogIn, network: Network, place: int) -> None:
    with unit_of_work():
        disable_member(system(), network.member("other").id)
    entries = db.session.query(AuditEntry).filter_by(action="organisation.taken_over")
    assert [one.subject_id for one in entries] == [str(place)]
    assert {one for one, _subject in mails()} == {address("admin"), address("editorial")}
    assert "The office looks after it" in login("editorial").get(PEOPLE, headers=ENGLISH).text


def test_erasing_the_last_editor_lets_the_office_take_over(network: Network, place: int) -> None:
    with unit_of_work():
        erase_member(system(), network.member("other").id)
    assert db.session.query(AuditEntry).filter_by(action="organisation.taken_over").count() == 1


def test_disabling_one_of_two_editors_is_no_news(network: Network) -> None:
    with unit_of_work():
        disable_member(system(), network.member("coeditor").id)
    assert mails() == [] and db.session.query(AuditEntry).filter_by(action="organisation.taken_over").count() == 0


def test_somebody_without_an_account_does_not_count_as_editor(network: Network, place: int) -> None:
    with unit_of_work():
        number = create_person(system(), "Ohne Konto").id
        set_membership(system(), number, place, "editor")
        with pytest.raises(Invalid):
            delete_membership(system(), network.member("other").id, place)
        with pytest.raises(Invalid):
            teams.hand_over(system(), place, network.member("other").id, number)


def test_the_office_sees_which_organisations_nobody_edits_for(login: LogIn, network: Network) -> None:
    nobody = 'Nobody<span class="visually-hidden"> (Südwerk'
    assert nobody not in login("editorial").get("/admin/organisations", headers=ENGLISH).text
    with unit_of_work():
        disable_member(system(), network.member("other").id)
    assert nobody in login("editorial").get("/admin/organisations", headers=ENGLISH).text


def test_the_mail_for_the_office_leads_to_the_people(app: Flask) -> None:
    asked = messages.successor_mail("Emil", "Südwerk", "https://p.example/organisations/s/members", "en").text
    assert "nobody edits for Südwerk any more" in asked and "https://p.example/organisations/s/members" in asked
