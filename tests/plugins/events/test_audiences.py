"""Who sees what of a published event and of a draft, on every way to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.events.models import AUDIENCES, SECTION_AUDIENCES, Event, Pitch, Result, Section
from plugins.events.services import events, queries, search
from plugins.events.services.principals import choice_of_section, principals_of
from portal.permissions.actor import Actor, anonymous
from portal.sdk.access import can_read
from portal.sdk.database import session, unit_of_work
from portal.sdk.files import Attachment
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented

SEEN = {
    "public": {"public"},
    "member": {"public", "internal", "inherit"},
    "participant": {"public", "internal", "inherit", "participants"},
    "editorial": {"public", "internal", "inherit", "participants", "team"},
}
PLACES = ("title", "text", "pitch", "result", "file")
Login = Callable[[str], PortalClient]


def actor_of(network: Network, who: str) -> Actor:
    return anonymous() if who == "public" else network.actor(who)


def client_of(login: Login, client: PortalClient, who: str) -> PortalClient:
    return client if who == "public" else login(who)


@pytest.mark.parametrize("who", SEEN)
def test_event_show_gives_each_reader_their_part(
    published: Documented, login: Login, client: PortalClient, who: str
) -> None:
    page = client_of(login, client, who).get(f"/events/{published.slug}").text
    for choice in ("public", "inherit", "participants", "team"):
        for place in PLACES:
            assert (f"gesehen{choice}{place}" in page) == (choice in SEEN[who]), (choice, place)
    assert ("geseheninternal" in page) == ("internal" in SEEN[who])


@pytest.mark.parametrize("who", SEEN)
def test_files_are_served_to_the_readers_of_their_section(
    published: Documented, login: Login, client: PortalClient, who: str
) -> None:
    browser = client_of(login, client, who)
    for choice, number in published.files.items():
        file = session.get_one(Attachment, number)
        status = browser.get(f"/files/{file.key}/{file.file_name}").status_code
        assert (status == 200) == (choice in SEEN[who]), choice


@pytest.mark.parametrize("who", ["public", "member", "participant"])
def test_a_draft_is_nowhere_to_be_seen(draft: Documented, login: Login, client: PortalClient, who: str) -> None:
    browser = client_of(login, client, who)
    file = session.get_one(Attachment, draft.files["public"])
    assert browser.get(f"/events/{draft.slug}").status_code == 404
    assert "Geheimer Entwurf" not in browser.get("/events/").text
    assert browser.get(f"/files/{file.key}/{file.file_name}").status_code == 404


def test_a_draft_is_there_for_the_editorial_office(draft: Documented, login: Login) -> None:
    assert "geheimteamresult" in login("editorial").get(f"/events/{draft.slug}").text
    assert "Geheimer Entwurf" in login("editorial").get("/events/").text


def test_event_publish_and_withdraw_reach_every_row(draft: Documented, network: Network, login: Login) -> None:
    editor = login("editorial")
    assert editor.post(f"/events/{draft.slug}/publish").status_code == 302
    assert login("member").get(f"/events/{draft.slug}").status_code == 200
    assert editor.post(f"/events/{draft.slug}/withdraw").status_code == 302
    session.expire_all()
    rows = [row for model in (Event, Section, Pitch, Result, Attachment) for row in session.query(model)]
    assert rows and not any(can_read(network.actor("participant"), row) for row in rows)


@pytest.mark.parametrize("who", SEEN)
def test_rows_queries_and_search_agree(published: Documented, draft: Documented, network: Network, who: str) -> None:
    member = actor_of(network, who)
    sections = {row.id for row in session.query(Section) if can_read(member, row)}
    listed = {one.id for event in session.query(Event).all() for one in queries.list_sections(member, event)}
    keys = [("events.section", str(row.id)) for row in session.query(Section)]
    assert sections == listed == {int(key) for _, key in search.find_readable(member, keys)}


def test_the_public_learns_nothing_of_what_is_internal(published: Documented, client: PortalClient) -> None:
    def page() -> str:
        return client.get(f"/events/{published.slug}").text.split("<main", 1)[1].split("</main", 1)[0]

    before = page()
    with unit_of_work():
        session.query(Section).filter(Section.audience_choice != "public").update({"title": "anders", "kind": "panel"})
        session.query(Pitch).filter(Pitch.id == published.pitches["team"]).delete()
    assert page() == before


@given(st.sampled_from(AUDIENCES), st.sampled_from(SECTION_AUDIENCES))
def test_a_section_is_never_wider_than_its_event(event_choice: str, section_choice: str) -> None:
    wide = ("public", "member", "participants", "team")
    assert wide.index(choice_of_section(event_choice, section_choice)) >= wide.index(event_choice)
    assert "public" not in principals_of(1, choice_of_section(event_choice, "inherit"))


def test_a_narrower_event_narrows_its_sections(published: Documented, network: Network) -> None:
    editor = network.actor("editorial")
    event = queries.get_event(editor, published.slug)
    with unit_of_work():
        events.update_event(editor, event.id, event.version, {"audience_choice": "participants"})
    session.expire_all()
    assert not any(can_read(network.actor("member"), row) for row in session.query(Section))
    assert {row.audience_choice for row in session.query(Section)} == {"public", "inherit", "participants", "team"}


def test_participant_list_names_only_who_agreed(published: Documented, login: Login) -> None:
    page = login("participant").get(f"/events/{published.slug}/participants").text
    assert "Paul Teilnehmer" in page.split("<main", 1)[1]
    assert "Otto Anders" not in page


def test_participant_list_is_hidden_from_those_who_were_not_there(published: Documented, login: Login) -> None:
    assert login("member").get(f"/events/{published.slug}/participants").status_code == 404
    assert "Paul Teilnehmer" not in login("member").get(f"/events/{published.slug}").text
