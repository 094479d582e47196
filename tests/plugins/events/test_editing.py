"""The editorial office at work: what is typed is kept, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from plugins.events.models import Event, Pitch, Section
from plugins.events.services import queries
from plugins.events.services.events import update_event
from plugins.events.services.sections import delete_section
from portal.permissions.actor import system
from portal.sdk.database import session, unit_of_work
from portal.sdk.errors import Conflict, Forbidden
from portal.sdk.files import Attachment
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented
from tests.portal.files.samples import picture, word

Login = Callable[[str], PortalClient]
FORM = {
    "starts_at": "2027-05-04T10:00",
    "timezone": "Europe/Berlin",
    "language": "de",
    "audience_choice": "public",
}


def form_of(event: Event, **changes: Any) -> dict[str, Any]:
    return {**FORM, "title": event.title, "version": event.version, **changes}


def test_event_create_makes_a_draft_with_an_address_of_its_title(app: object, login: Login) -> None:
    answer = login("editorial").post("/events/new", data={**FORM, "title": "Größe zählt: Südtreffen"})
    assert answer.location == "/events/groesse-zaehlt-suedtreffen/edit/programme"
    event = session.query(Event).one()
    assert (event.state, event.starts_at.hour) == ("draft", 8)


def test_event_create_keeps_what_was_typed_and_says_what_is_wrong(app: object, login: Login) -> None:
    answer = login("editorial").post(
        "/events/new", data={**FORM, "title": "", "motto": "Bleibt stehen", "ends_at": "2027-05-04T09:00"}
    )
    assert answer.status_code == 422
    assert "Bleibt stehen" in answer.text
    assert 'aria-invalid="true"' in answer.text and session.query(Event).count() == 0


def test_event_edit_refuses_an_end_before_the_beginning(published: Documented, login: Login) -> None:
    event = session.get_one(Event, published.event)
    data = form_of(event, ends_at="2027-05-04T09:00")
    answer = login("editorial").post(f"/events/{published.slug}/edit", data=data)
    assert answer.status_code == 422 and 'id="ends_at-error"' in answer.text


@pytest.mark.parametrize("who", ["member", "participant", "editor"])
def test_editing_is_for_the_editorial_office(published: Documented, network: Network, login: Login, who: str) -> None:
    assert login(who).get(f"/events/{published.slug}/edit").status_code == 403
    assert login(who).post(f"/events/{published.slug}/publish").status_code == 403
    with pytest.raises(Forbidden):
        delete_section(network.actor(who), published.sections["public"], 1)


def test_a_new_title_moves_the_event_and_the_old_address_leads_there(published: Documented, login: Login) -> None:
    event = session.get_one(Event, published.event)
    editor = login("editorial")
    editor.post(f"/events/{published.slug}/edit", data=form_of(event, title="Umbenannt"))
    assert editor.get(f"/events/{published.slug}").location == "/events/umbenannt"
    assert editor.get(f"/events/{published.slug}").status_code == 301


def test_the_old_address_of_a_draft_tells_nothing(draft: Documented, login: Login, client: PortalClient) -> None:
    event = session.get_one(Event, draft.event)
    login("editorial").post(f"/events/{draft.slug}/edit", data=form_of(event, title="Neuer Deckname"))
    assert client.get(f"/events/{draft.slug}").status_code == 404


def test_two_editors_at_once_see_both_texts(published: Documented, login: Login) -> None:
    section = session.get_one(Section, published.sections["inherit"])
    address = f"/events/{published.slug}/sections/{section.id}/edit"
    data = {"title": section.title, "kind": "lab", "audience_choice": "inherit", "version": section.version}
    login("admin").post(address, data={**data, "text": "Annas Fassung"})
    answer = login("editorial").post(address, data={**data, "text": "Emils Fassung"})
    assert answer.status_code == 409
    assert "Annas" in answer.text and "Emils" in answer.text and "Anna Admin" in answer.text


def test_after_a_conflict_the_merged_text_can_be_saved(published: Documented, login: Login) -> None:
    section = session.get_one(Section, published.sections["inherit"])
    address, version = f"/events/{published.slug}/sections/{section.id}/edit", section.version
    data = {"title": section.title, "kind": "lab", "audience_choice": "inherit"}
    login("admin").post(address, data={**data, "version": version, "text": "Annas Fassung"})
    answer = login("editorial").post(address, data={**data, "version": version, "text": "Emils Fassung"})
    offered = answer.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert login("editorial").post(address, data={**data, "version": offered}).status_code == 302


def test_update_event_refuses_an_old_version(published: Documented, network: Network) -> None:
    with pytest.raises(Conflict) as refusal:
        update_event(network.actor("editorial"), published.event, 0, {"title": "Zu spät"})
    assert refusal.value.details["saved"]["title"] == "Offenes Treffen"


def test_version_restore_brings_the_texts_back(published: Documented, login: Login) -> None:
    event = session.get_one(Event, published.event)
    editor, base = login("editorial"), f"/events/{published.slug}/versions/event/{event.id}"
    editor.post(f"/events/{published.slug}/edit", data=form_of(event, lookback="Ganz neu"))
    assert "Ganz" in editor.get(f"{base}/compare?older=1&newer=2").text
    session.expire_all()
    editor.post(f"{base}/restore", data={"number": 1, "version": event.version})
    session.expire_all()
    assert session.get_one(Event, published.event).lookback == "gesehenpublic"
    assert editor.get(base).status_code == 200


def test_version_compare_says_names_and_words(published: Documented, network: Network, login: Login) -> None:
    pitch = session.get_one(Pitch, published.pitches["public"])
    organisation = network.organisation("nordwerk")
    data = {"title": "Neuer Titel", "organisation_id": organisation.id, "version": pitch.version}
    editor, base = login("editorial"), f"/events/{published.slug}"
    assert editor.post(f"{base}/pitches/{pitch.id}/edit", data=data).status_code == 302
    page = editor.get(f"{base}/versions/pitch/{pitch.id}/compare?older=1&newer=2").text
    assert "Nordwerk" in page.split("<main", 1)[1]


def test_section_order_moves_by_button_and_by_list(published: Documented, login: Login) -> None:
    editor, address = login("editorial"), f"/events/{published.slug}/edit/programme"
    first, second, *rest = published.sections.values()
    editor.post(address, data={"move": f"down:{first}"})
    assert [one.id for one in queries.list_all_sections(system(), published.event)] == [second, first, *rest]
    editor.post(address, data={"order": ",".join(map(str, reversed(rest)))})
    assert [one.id for one in queries.list_all_sections(system(), published.event)][:2] == rest[::-1]


def test_moving_a_section_makes_no_conflict_of_an_open_text(published: Documented, login: Login) -> None:
    before = session.get_one(Section, published.sections["public"]).version
    move = f"down:{published.sections['public']}"
    login("editorial").post(f"/events/{published.slug}/edit/programme", data={"move": move})
    session.expire_all()
    assert session.get_one(Section, published.sections["public"]).version == before


def test_file_upload_keeps_the_good_and_names_the_bad(published: Documented, login: Login) -> None:
    files = [(BytesIO(word("Protokoll")), "gut.docx"), (BytesIO(b"MZ"), "böse.exe")]
    address = f"/events/{published.slug}/sections/{published.sections['team']}/files"
    answer = login("editorial").post(address, data={"files": files}, follow_redirects=True)
    assert "gut.docx" in answer.text and "böse.exe" in answer.text
    assert session.query(Attachment).filter_by(file_name="gut.docx").one().audience == ["permission:events.edit"]


def test_file_upload_tells_scripts_what_is_wrong(published: Documented, login: Login) -> None:
    answer = login("editorial").post(
        f"/events/{published.slug}/edit/files",
        data={"files": [(BytesIO(b"MZ"), "x.exe")]},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 422 and answer.json and answer.json["detail"].startswith("x.exe: ")


def test_file_cover_needs_a_description_and_is_seen_by_the_public(
    published: Documented, login: Login, client: PortalClient
) -> None:
    editor, base = login("editorial"), f"/events/{published.slug}"
    editor.post(f"{base}/edit/files", data={"files": [(BytesIO(picture()), "saal.jpg")]})
    photo = session.query(Attachment).filter_by(kind="photo").one()
    photo.thumbnail_state = "done"
    session.commit()
    editor.post(f"{base}/files/{photo.id}/cover")
    assert f"/files/{photo.key}" not in client.get(base).text
    editor.post(f"{base}/files/{photo.id}/edit", data={"title": "Saal", "alt_text": "Ein Saal", "version": 1})
    editor.post(f"{base}/files/{photo.id}/cover")
    assert f"/files/{photo.key}/thumb/800" in client.get(base).text


@pytest.mark.parametrize("part", ["edit/files", "section"])
def test_the_cover_is_for_whoever_sees_the_event(published: Documented, login: Login, part: str) -> None:
    editor, base = login("editorial"), f"/events/{published.slug}"
    address = f"sections/{published.sections['team']}/files" if part == "section" else part
    editor.post(f"{base}/{address}", data={"files": [(BytesIO(picture()), "saal.jpg")]})
    photo = session.query(Attachment).filter_by(kind="photo").one()
    editor.post(f"{base}/files/{photo.id}/edit", data={"title": "Saal", "alt_text": "Ein Saal", "version": 1})
    editor.post(f"{base}/files/{photo.id}/cover")
    session.expire_all()
    assert photo.audience == ["public"]
    editor.post(f"{base}/withdraw")
    session.expire_all()
    assert photo.audience == ["permission:events.edit"]


def test_section_delete_takes_its_files_along(published: Documented, login: Login) -> None:
    number = published.sections["inherit"]
    assert (
        login("editorial").post(f"/events/{published.slug}/sections/{number}/delete", data={"version": 1}).status_code
        == 302
    )
    assert session.get(Attachment, published.files["inherit"]) is None


def test_a_published_event_is_not_deleted_but_a_draft_is(
    published: Documented, draft: Documented, login: Login
) -> None:
    editor = login("editorial")
    editor.post(f"/events/{published.slug}/delete")
    editor.post(f"/events/{draft.slug}/delete")
    session.expire_all()
    assert [event.id for event in session.query(Event)] == [published.event]


@pytest.mark.parametrize(("viewpoint", "seen"), [("public", False), ("member", True)])
def test_event_preview_shows_a_draft_as_others_will_see_it(
    draft: Documented, login: Login, viewpoint: str, seen: bool
) -> None:
    page = login("editorial").get(f"/events/{draft.slug}/preview/{viewpoint}").text
    assert "geheimpublictext" in page and "geheimteamtext" not in page
    assert ("geheiminherittext" in page) == seen


def test_pitch_edit_says_when_nobody_has_the_presenters_name(published: Documented, login: Login) -> None:
    address = f"/events/{published.slug}/pitches/{published.pitches['public']}/edit"
    data = {"title": "Pitch", "presenter": "Niemand Bekanntes", "challenge": "steht noch da", "version": 1}
    answer = login("editorial").post(address, data=data)
    assert answer.status_code == 422 and 'id="presenter-error"' in answer.text
    assert "steht noch da" in answer.text


def test_things_of_another_event_are_not_found_under_this_one(
    published: Documented, draft: Documented, login: Login
) -> None:
    editor = login("editorial")
    assert editor.get(f"/events/{published.slug}/sections/{draft.sections['public']}/edit").status_code == 404
    assert editor.get(f"/events/{published.slug}/files/{draft.files['public']}/edit").status_code == 404
    assert editor.get(f"/events/{published.slug}/versions/section/{draft.sections['public']}").status_code == 404


def test_nothing_is_changed_by_a_form_without_token(published: Documented, login: Login) -> None:
    answer = login("editorial").post(f"/events/{published.slug}/withdraw", csrf=False)
    assert answer.status_code == 400 and session.get_one(Event, published.event).is_published


def test_saving_twice_the_same_makes_one_version(published: Documented, network: Network) -> None:
    member, event = network.actor("editorial"), session.get_one(Event, published.event)
    with unit_of_work():
        update_event(member, event.id, event.version, {"motto": "Neu"})
        update_event(member, event.id, event.version, {"motto": "Neu"})
    assert session.get_one(Event, published.event).motto == "Neu"


@pytest.mark.parametrize("year", ["0001", "0026", "9999"])
def test_event_create_asks_again_for_an_unlikely_year_and_keeps_the_rest(login: Login, year: str) -> None:
    data = {"title": "Tippfehler", "starts_at": f"{year}-01-01T10:00", "ends_at": f"{year}-01-01T12:00"}
    answer = login("editorial").post("/events/new", data=data)
    assert answer.status_code == 422 and "Tippfehler" in answer.text
    assert 'id="starts_at-error"' in answer.text and 'id="ends_at-error"' in answer.text
