"""Buttons on a page that was opened before a colleague saved: they ask again instead of undoing unseen work."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from plugins.events.models import Event, Pitch, Result, Section
from plugins.events.services import events, pitches, queries, results, sections
from portal.permissions.actor import Actor, system
from portal.sdk.database import session, unit_of_work
from portal.sdk.errors import NotFound
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented

Login = Callable[[str], PortalClient]
Button = tuple[str, dict[str, str]]
ENGLISH = {"Accept-Language": "en"}
NEWER = "Annas neuere Fassung"


def button_of(page: str, address: str, **hidden: str) -> Button:
    """Where the page's button to this address sends its form, and what the form holds."""
    for form in re.findall(rf'<form [^>]*action="{re.escape(address)}".*?</form>', page, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
        if hidden.items() <= fields.items():
            return address, fields
    raise AssertionError(f"no button leads to {address}")


def _change_event(made: Documented, member: Actor) -> None:
    event = session.get_one(Event, made.event)
    events.update_event(member, event.id, event.version, {"lookback": NEWER})


def _change_section(made: Documented, member: Actor) -> None:
    section = session.get_one(Section, made.sections["public"])
    sections.update_section(member, section.id, section.version, {"text": NEWER})


def _change_pitch(made: Documented, member: Actor) -> None:
    pitch = session.get_one(Pitch, made.pitches["public"])
    pitches.update_pitch(member, pitch.id, pitch.version, {"challenge": NEWER})


def _change_result(made: Documented, member: Actor) -> None:
    key = result_of(made)
    results.update_result(member, key, session.get_one(Result, key).version, {"text": NEWER})


def result_of(made: Documented) -> int:
    return session.query(Result.id).filter_by(section_id=made.sections["public"]).scalar()


def change(what: Callable[[Documented, Actor], None], made: Documented, network: Network) -> None:
    """Anna saves."""
    with unit_of_work():
        what(made, network.actor("admin"))


@pytest.mark.parametrize(
    ("kind", "model", "what"),
    [("event", Event, _change_event), ("section", Section, _change_section), ("pitch", Pitch, _change_pitch)],
)
def test_version_restore_from_an_old_page_asks_again(
    published: Documented, network: Network, login: Login, kind: str, model: Any, what: Any
) -> None:
    keys = {"event": published.event, "section": published.sections["public"], "pitch": published.pitches["public"]}
    editor, base = login("editorial"), f"/events/{published.slug}/versions/{kind}/{keys[kind]}"
    change(what, published, network)
    address, fields = button_of(editor.get(base).text, f"{base}/restore", number="1")
    change(what, published, network)
    seen = session.get_one(model, keys[kind]).version
    answer = editor.post(address, data=fields, headers=ENGLISH)
    session.expire_all()
    assert (answer.status_code, session.get_one(model, keys[kind]).version) == (409, seen)
    assert "Anna Admin changed this on" in answer.text


def test_version_restore_goes_on_from_the_question(published: Documented, network: Network, login: Login) -> None:
    key, editor = published.sections["public"], login("editorial")
    base = f"/events/{published.slug}/versions/section/{key}"
    change(_change_section, published, network)
    asked = editor.post(f"{base}/restore", data={"number": "1", "version": "1"}).text
    address, fields = button_of(asked, f"{base}/restore", number="1")
    assert editor.post(address, data=fields).status_code == 302
    session.expire_all()
    assert session.get_one(Section, key).text == "gesehenpublictext"


def test_version_restore_that_says_no_version_asks(published: Documented, network: Network, login: Login) -> None:
    change(_change_section, published, network)
    address = f"/events/{published.slug}/versions/section/{published.sections['public']}/restore"
    assert login("editorial").post(address, data={"number": "1"}).status_code == 409


DELETIONS = [
    (Section, "sections/{section}/delete", _change_section),
    (Pitch, "pitches/{pitch}/delete", _change_pitch),
    (Result, "results/{result}/delete", _change_result),
]


def delete_button(made: Documented, editor: PortalClient, part: str) -> Button:
    """The button as it stands on the page of the section."""
    keys = {"section": made.sections["public"], "pitch": made.pitches["public"], "result": result_of(made)}
    page = editor.get(f"/events/{made.slug}/sections/{keys['section']}/edit").text
    return button_of(page, f"/events/{made.slug}/{part.format(**keys)}")


@pytest.mark.parametrize(("model", "part", "what"), DELETIONS)
def test_deleting_from_an_old_page_asks_again(
    published: Documented, network: Network, login: Login, model: Any, part: str, what: Any
) -> None:
    editor, count = login("editorial"), session.query(model).count()
    address, fields = delete_button(published, editor, part)
    change(what, published, network)
    answer = editor.post(address, data=fields, headers=ENGLISH)
    assert (answer.status_code, session.query(model).count()) == (409, count)
    assert "Anna Admin changed this on" in answer.text
    assert editor.post(address, data=button_of(answer.text, address)[1]).status_code == 302


@pytest.mark.parametrize(("model", "part", "what"), DELETIONS)
def test_deleting_from_a_new_page_deletes(
    published: Documented, network: Network, login: Login, model: Any, part: str, what: Any
) -> None:
    change(what, published, network)
    editor, count = login("editorial"), session.query(model).count()
    address, fields = delete_button(published, editor, part)
    assert editor.post(address, data=fields).status_code == 302
    assert session.query(model).count() == count - 1


def test_a_refused_form_keeps_the_version_that_was_seen_for_deleting(
    published: Documented, network: Network, login: Login
) -> None:
    editor, base = login("editorial"), f"/events/{published.slug}/sections/{published.sections['public']}"
    change(_change_section, published, network)
    page = editor.post(f"{base}/edit", data={"title": "", "kind": "lab", "version": "1"}).text
    address, fields = button_of(page, f"{base}/delete")
    assert editor.post(address, data=fields).status_code == 409


def list_order(made: Documented) -> list[int]:
    return [one.id for one in queries.list_all_sections(system(), made.event)]


def test_a_section_is_moved_by_its_button_after_a_colleague_moved_others(
    published: Documented, network: Network, login: Login
) -> None:
    editor, address = login("editorial"), f"/events/{published.slug}/edit/programme"
    first, second, third, fourth = published.sections.values()
    row = editor.get(address).text.split(f'data-sort-key="{fourth}"')[1]
    button = re.findall(r'name="move" value="(up:[^"]*)"', row)[0]
    with unit_of_work():
        sections.order_sections(network.actor("admin"), published.event, [first, fourth, second, third])
    editor.post(address, data={"move": button})
    assert list_order(published) == [fourth, first, second, third]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_moving_a_section_that_is_gone_moves_nothing_and_says_so(
    published: Documented, network: Network, login: Login, direction: str
) -> None:
    first, *rest = published.sections.values()
    with unit_of_work():
        sections.delete_section(network.actor("admin"), first, 1)
    data, address = {"move": f"{direction}:{first}"}, f"/events/{published.slug}/edit/programme"
    answer = login("editorial").post(address, data=data, headers=ENGLISH, follow_redirects=True)
    assert list_order(published) == rest
    assert "This section is no longer there." in answer.text


def test_a_section_of_another_event_is_not_moved(published: Documented, draft: Documented, network: Network) -> None:
    before = list_order(draft)
    with pytest.raises(NotFound), unit_of_work():
        sections.move_section(network.actor("editorial"), published.event, before[0], 1)
    assert list_order(draft) == before
