"""Who took part: noted by the office one by one or as a list, and at once of consequence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.events.models import Participation
from plugins.events.services import participations, queries
from portal.permissions.actor import Actor
from portal.sdk.database import session, unit_of_work
from portal.sdk.errors import Forbidden, Invalid
from portal.sdk.network import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented, note_participant

Login = Callable[[str], PortalClient]
DOCUMENTER = Actor(id=1, permissions=frozenset({"events.edit"}))
CREATOR = Actor(id=1, permissions=frozenset({"events.edit", "members.create"}))  # may not see all members
TWO_ADDRESSES = ("member@netz.example", "unknown@netz.example")


def names_of(event_id: int) -> set[str]:
    return {row.member.name for row in session.query(Participation).filter_by(event_id=event_id)}


def page_of(published: Documented) -> str:
    return f"/events/{published.slug}/edit/participants"


def paste(browser: PortalClient, published: Documented, *lines: str, **ticks: str) -> str:
    data = {"lines": "\r\n".join(lines), **ticks}
    return browser.post(f"{page_of(published)}/several", data=data, follow_redirects=True).text


def test_participation_list_names_everybody_and_counts_who_agreed(published: Documented, login: Login) -> None:
    page = login("editorial").get(page_of(published)).text.split("<main", 1)[1]
    assert "Paul Teilnehmer" in page and "Otto Anders" in page
    assert "2 Personen, 1 davon" in page


def test_who_is_added_sees_the_inner_part_at_once(published: Documented, login: Login) -> None:
    reader, address = login("member"), f"/events/{published.slug}"
    assert "gesehenparticipantstext" not in reader.get(address).text
    data = {"person": "Mia Mitglied", "organisation_id": "", "role": "speaker"}
    assert login("editorial").post(page_of(published), data=data).status_code == 302
    assert "gesehenparticipantstext" in reader.get(address).text


def test_who_is_removed_no_longer_sees_it(published: Documented, login: Login) -> None:
    reader, address = login("participant"), f"/events/{published.slug}"
    assert "gesehenparticipantstext" in reader.get(address).text
    number = session.query(Participation.id).join(Member).filter(Member.name == "Paul Teilnehmer").scalar()
    login("editorial").post(f"{address}/participations/{number}/delete")
    assert "gesehenparticipantstext" not in reader.get(address).text
    assert reader.get(f"{address}/participants").status_code == 404


def test_the_organisation_is_the_persons_own_unless_said(published: Documented, network: Network) -> None:
    number = note_participant(network, published.event, "member")
    organisation = session.get_one(Participation, number).organisation
    assert organisation and organisation.slug == "suedwerk"


def test_nobody_is_in_the_list_twice(published: Documented, login: Login) -> None:
    answer = login("editorial").post(page_of(published), data={"person": "Paul Teilnehmer", "role": "host"})
    assert answer.status_code == 422 and 'id="person-error"' in answer.text
    assert session.query(Participation).filter_by(event_id=published.event).count() == 2


def test_a_person_without_account_is_created_only_when_asked_for(published: Documented, login: Login) -> None:
    data = {"person": "Gerda Gast", "role": "speaker"}
    assert login("editorial").post(page_of(published), data=data).status_code == 422
    assert login("editorial").post(page_of(published), data={**data, "is_new": "y"}).status_code == 302
    assert "Gerda Gast" in names_of(published.event)
    assert session.query(Member).filter_by(name="Gerda Gast").one().state == "person"


def test_several_lines_are_added_at_once(published: Documented, login: Login) -> None:
    lines = ("Mia Mitglied; Nordwerk e. V.; Vortrag", "Ines Initiative\t\tspeaker", "", "Paul Teilnehmer")
    page = paste(login("editorial"), published, *lines, "Gerda Gast <gerda@gast.example>", "Gerda Gast", all_new="y")
    assert "3 Personen sind hinzugefügt" in page and "2 Personen standen schon" in page
    assert names_of(published.event) >= {"Mia Mitglied", "Ines Initiative", "Gerda Gast"}
    assert session.query(Member).filter_by(email="gerda@gast.example").count() == 1


def test_a_line_that_cannot_be_read_keeps_all_of_them_in_the_form(published: Documented, login: Login) -> None:
    page = paste(
        login("editorial"), published, "Mia Mitglied", "Niemand Hier", "Otto Anders; Erfunden", "Otto Anders;;x"
    )
    assert all(f"Zeile {number}, " in page for number in (2, 3, 4)) and "Zeile 1, " not in page
    assert "Mia Mitglied\r\nNiemand Hier" in page or "Mia Mitglied\nNiemand Hier" in page
    assert "Mia Mitglied" not in names_of(published.event)


def test_a_wrong_address_in_the_last_line_saves_nothing(published: Documented, login: Login) -> None:
    page = paste(login("editorial"), published, "Mia Mitglied", "Gerda Gast", "Falsch <falsch@@x>", all_new="y")
    assert "Zeile 3, " in page
    session.expire_all()
    assert "Mia Mitglied" not in names_of(published.event)
    assert session.query(Member).filter_by(name="Gerda Gast").count() == 0


def test_pasting_costs_few_statements(published: Documented, network: Network, statements: list[str]) -> None:
    member, lines = network.actor("editorial"), "\n".join(f"Unbekannt {number}" for number in range(200))
    statements.clear()
    pasted = participations.add_participations(member, published.event, lines, is_listed=False, is_new=False)
    assert len(pasted.problems) == 200
    assert len([one for one in statements if one.startswith("SELECT")]) <= 8


def test_participation_edit_changes_what_others_see(published: Documented, login: Login) -> None:
    row = session.query(Participation).join(Member).filter(Member.name == "Otto Anders").one()
    data = {"role": "host", "organisation_id": "", "is_listed": "y", "version": row.version}
    address = f"/events/{published.slug}/participations/{row.id}/edit"
    assert login("editorial").post(address, data=data).status_code == 302
    assert "Otto Anders" in login("participant").get(f"/events/{published.slug}/participants").text


def test_participation_edit_of_an_old_version_shows_both(published: Documented, login: Login) -> None:
    row = session.query(Participation).join(Member).filter(Member.name == "Otto Anders").one()
    data, address = {"organisation_id": "", "version": 1}, f"/events/{published.slug}/participations/{row.id}/edit"
    login("admin").post(address, data={**data, "role": "host"})
    answer = login("editorial").post(address, data={**data, "role": "speaker"})
    assert answer.status_code == 409
    assert "Ausrichtung" in answer.text and "Vortrag" in answer.text


@pytest.mark.parametrize("who", ["member", "participant", "editor"])
def test_participations_are_the_editorial_offices(published: Documented, network: Network, who: str) -> None:
    member, number = network.actor(who), session.query(Participation.id).first()
    assert number
    with pytest.raises(Forbidden):
        participations.create_participation(member, published.event, {"person": "Mia Mitglied"})
    with pytest.raises(Forbidden):
        participations.delete_participation(member, number[0])
    with pytest.raises(Forbidden):
        queries.list_all_participations(member, published.event)


def test_who_may_not_create_people_creates_none(published: Documented) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        values = {"person": "Gerda Gast", "is_new": True}
        participations.create_participation(DOCUMENTER, published.event, values)
    assert session.query(Member).filter_by(name="Gerda Gast").count() == 0


def test_addresses_find_nobody_for_who_may_not_see_them(published: Documented) -> None:
    with pytest.raises(Invalid), unit_of_work():
        participations.create_participation(DOCUMENTER, published.event, {"person": "member@netz.example"})
    text = "member@netz.example"
    pasted = participations.add_participations(DOCUMENTER, published.event, text, is_listed=False, is_new=False)
    assert len(pasted.problems) == 1


@pytest.mark.parametrize("who", [DOCUMENTER, CREATOR])
@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize("line", ["Gerda Gast <{}>", "Mia Mitglied <{}>", "{}"])
def test_pasting_tells_nobody_whether_an_address_is_known(
    published: Documented, who: Actor, is_new: bool, line: str
) -> None:
    said = set()
    for address in TWO_ADDRESSES:
        text = line.format(address)
        pasted = participations.add_participations(who, published.event, text, is_listed=False, is_new=is_new)
        said |= {problem.refusal.message for problem in pasted.problems} or {f"added {pasted.added}"}
    assert len(said) == 1 and "the administration" in said.pop()
    assert names_of(published.event) == {"Paul Teilnehmer", "Otto Anders"}


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize("words", ["Gerda Gast <{}>", "{}"])
def test_adding_one_tells_nobody_whether_an_address_is_known(published: Documented, is_new: bool, words: str) -> None:
    said = set()
    for address in TWO_ADDRESSES:
        with pytest.raises(Invalid) as refusal, unit_of_work():
            values = {"person": words.format(address), "is_new": is_new}
            participations.create_participation(CREATOR, published.event, values)
        said.add((refusal.value.message, refusal.value.field))
    (sentence, field) = said.pop()
    assert (said, field) == (set(), "person") and "the administration" in sentence


def test_who_may_not_see_addresses_still_creates_by_name(published: Documented) -> None:
    pasted = participations.add_participations(CREATOR, published.event, "Gerda Gast", is_listed=False, is_new=True)
    assert (pasted.added, pasted.problems) == (1, [])


def test_adding_and_removing_are_in_the_audit(published: Documented, login: Login) -> None:
    paste(login("editorial"), published, "Mia Mitglied")
    number = session.query(Participation.id).join(Member).filter(Member.name == "Mia Mitglied").scalar()
    login("editorial").post(f"/events/{published.slug}/participations/{number}/delete")
    page = login("admin").get("/admin/audit").text
    for said in ("hinzugefügt", "entfernt"):
        assert f"Emil Redaktion hat „Mia Mitglied – Offenes Treffen“ {said}." in page


def test_a_long_list_has_pages(published: Documented, login: Login) -> None:
    lines = [f"Gast Nummer{number:03d}" for number in range(60)]
    paste(login("editorial"), published, *lines, all_new="y", all_listed="y")
    first = login("participant").get(f"/events/{published.slug}/participants").text
    address = first.split('rel="next" href="')[1].split('"')[0]
    second = login("participant").get(address).text
    assert sum(line in first for line in lines) + sum(line in second for line in lines) == 60
