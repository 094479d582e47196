"""What was deleted while somebody edited it: they get their text back, who deleted it, and a way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plugins.events.models import Event, Participation, Pitch, Result, Section
from plugins.events.services import attachments, events, participations, pitches, results, sections
from portal.permissions.actor import Actor
from portal.sdk.database import session, unit_of_work
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented
from tests.plugins.events.test_editing import FORM

Login = Callable[[str], PortalClient]
Gone = tuple[str, dict[str, Any]]
TYPED = "Emils\nmühsam getippter Text"


def _section(made: Documented, member: Actor) -> Gone:
    key = made.sections["inherit"]
    sections.delete_section(member, key, 1)
    data = {"title": "Labor", "kind": "lab", "audience_choice": "team", "text": TYPED, "version": 1}
    return f"sections/{key}/edit", data


def _pitch(made: Documented, member: Actor) -> Gone:
    key = made.pitches["inherit"]
    pitches.delete_pitch(member, key, 1)
    return f"pitches/{key}/edit", {"title": "Pitch", "organisation_id": "", "challenge": TYPED, "version": 1}


def _result(made: Documented, member: Actor) -> Gone:
    key = session.query(Result.id).filter_by(section_id=made.sections["inherit"]).scalar()
    results.delete_result(member, key, 1)
    return f"results/{key}/edit", {"kind": "finding", "text": TYPED, "version": 1}


def _pitch_of_gone_section(made: Documented, member: Actor) -> Gone:
    key = made.sections["inherit"]
    sections.delete_section(member, key, 1)
    return f"sections/{key}/pitches/new", {"title": "Pitch", "organisation_id": "", "challenge": TYPED}


def _file(made: Documented, member: Actor) -> Gone:
    key = made.files["inherit"]
    attachments.delete_file(member, made.event, key)
    return f"files/{key}/edit", {"title": TYPED, "version": 1}


def _participation(made: Documented, member: Actor) -> Gone:
    key = session.query(Participation.id).filter_by(event_id=made.event).limit(1).scalar()
    participations.delete_participation(member, key)
    return f"participations/{key}/edit", {"role": "speaker", "organisation_id": "", "version": 1}


EVERYTHING = [_section, _pitch, _result, _pitch_of_gone_section, _file, _participation]


def save(login: Login, slug: str, gone: Gone) -> Any:
    address, data = gone
    return login("editorial").post(f"/events/{slug}/{address}", data=data, headers={"Accept-Language": "en"})


def delete(what: Callable[[Documented, Actor], Gone], made: Documented, network: Network) -> Gone:
    """Anna deletes it."""
    with unit_of_work():
        return what(made, network.actor("admin"))


@pytest.mark.parametrize("what", EVERYTHING)
def test_saving_what_is_gone_says_so_and_by_whom(
    published: Documented, network: Network, login: Login, what: Any
) -> None:
    answer = save(login, published.slug, delete(what, published, network))
    assert answer.status_code == 410
    assert "was deleted while you were writing" in answer.text and "Anna Admin" in answer.text


@pytest.mark.parametrize("what", EVERYTHING[:5])
def test_saving_what_is_gone_gives_the_text_back(
    published: Documented, network: Network, login: Login, what: Any
) -> None:
    main = save(login, published.slug, delete(what, published, network)).text.split("<main", 1)[1]
    assert "getippter Text" in main and "Conflict" not in main


def test_a_participation_that_is_gone_is_said_in_words(published: Documented, network: Network, login: Login) -> None:
    text = save(login, published.slug, delete(_participation, published, network)).text
    assert "Speaker" in text and f"/events/{published.slug}/edit/participants" in text.split("<main", 1)[1]


@pytest.mark.parametrize(("what", "model"), [(_section, Section), (_pitch, Pitch), (_result, Result)])
def test_what_is_gone_can_be_made_anew_with_the_text(
    published: Documented, network: Network, login: Login, what: Any, model: Any
) -> None:
    gone = delete(what, published, network)
    page = save(login, published.slug, gone).text.split("<main", 1)[1]
    address = page.split('formaction="')[1].split('"')[0]
    assert login("editorial").post(address, data=gone[1]).status_code == 302
    newest = session.query(model).order_by(model.id.desc()).limit(1).one()
    assert TYPED in (getattr(newest, "challenge", ""), newest.text if model is not Pitch else "")


def test_a_section_of_a_deleted_event_gives_the_text_back(draft: Documented, network: Network, login: Login) -> None:
    with unit_of_work():
        events.delete_event(network.actor("admin"), draft.event)
    data = {"title": "Labor", "kind": "lab", "audience_choice": "team", "text": TYPED, "version": 1}
    answer = save(login, draft.slug, (f"sections/{draft.sections['inherit']}/edit", data))
    assert answer.status_code == 410 and "getippter Text" in answer.text
    assert "This event was deleted while you were writing" in answer.text and "formaction" not in answer.text


def test_an_event_that_is_gone_can_be_made_anew(draft: Documented, network: Network, login: Login) -> None:
    with unit_of_work():
        events.delete_event(network.actor("admin"), draft.event)
    answer = save(login, draft.slug, ("edit", {**FORM, "title": "Wieder", "lookback": TYPED, "version": 1}))
    assert answer.status_code == 410 and 'formaction="/events/new"' in answer.text


def test_a_list_of_people_for_a_deleted_event_is_given_back(draft: Documented, network: Network, login: Login) -> None:
    with unit_of_work():
        events.delete_event(network.actor("admin"), draft.event)
    answer = save(login, draft.slug, ("edit/participants/several", {"lines": "Mia Mitglied; Nordwerk\nPaul"}))
    assert answer.status_code == 410 and "Mia Mitglied; Nordwerk\nPaul" in answer.text


def test_a_section_of_an_event_that_got_another_address_is_saved(
    published: Documented, network: Network, login: Login
) -> None:
    from_before = published.slug
    with unit_of_work():
        seen = session.get_one(Event, published.event).version
        events.update_event(network.actor("admin"), published.event, seen, {"title": "Ganz anders"})
    data = {"title": "Labor", "kind": "lab", "audience_choice": "inherit", "text": TYPED, "version": 1}
    address = f"sections/{published.sections['inherit']}/edit"
    answer = save(login, from_before, (address, data))
    assert (answer.status_code, answer.location) == (307, f"/events/ganz-anders/{address}")


def test_a_page_for_editing_what_is_gone_is_not_found(published: Documented, network: Network, login: Login) -> None:
    address, _data = delete(_section, published, network)
    assert login("editorial").get(f"/events/{published.slug}/{address}").status_code == 404


def test_a_number_that_was_deleted_is_not_given_again(published: Documented, network: Network, login: Login) -> None:
    last = published.sections["team"]
    with unit_of_work():
        sections.delete_section(network.actor("admin"), last, 1)
    with unit_of_work():
        new = sections.create_section(network.actor("admin"), published.event, {"title": "Neu", "kind": "lab"}).id
    data = {"title": "Alt", "kind": "lab", "audience_choice": "team", "text": TYPED, "version": 1}
    assert save(login, published.slug, (f"sections/{last}/edit", data)).status_code == 410
    assert session.get_one(Section, new).title == "Neu"
