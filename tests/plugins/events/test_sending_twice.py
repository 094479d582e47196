"""A form that is sent twice makes one thing, and both answers lead to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plugins.events.models import Event, Pitch, Result, Section
from portal.sdk.database import session
from tests.fixtures.client import PortalClient
from tests.plugins.events.conftest import Documented
from tests.plugins.events.test_editing import FORM

Login = Callable[[str], PortalClient]
ONCE = {"once": "0123456789abcdef0123456789abcdef"}
MADE: dict[str, tuple[type[Any], dict[str, str]]] = {
    "sections/new": (Section, {"title": "Doppelt", "kind": "lab", "audience_choice": "inherit"}),
    "sections/{}/pitches/new": (Pitch, {"title": "Doppelt", "organisation_id": ""}),
    "sections/{}/results/new": (Result, {"kind": "finding", "text": "Doppelt"}),
}


def test_event_create_sent_twice_makes_one_event(app: object, login: Login) -> None:
    browser, data = login("editorial"), {**FORM, "title": "Doppelt", **ONCE}
    first, second = (browser.post("/events/new", data=data) for _ in range(2))
    assert first.location == second.location == "/events/doppelt/edit/programme"
    assert session.query(Event).count() == 1


def test_two_forms_with_the_same_words_make_two(app: object, login: Login) -> None:
    for key in ("a" * 32, "b" * 32):
        login("editorial").post("/events/new", data={**FORM, "title": "Doppelt", "once": key})
    assert {event.slug for event in session.query(Event)} == {"doppelt", "doppelt-2"}


@pytest.mark.parametrize("address", MADE)
def test_a_part_sent_twice_is_made_once(published: Documented, login: Login, address: str) -> None:
    (model, data), browser = MADE[address], login("editorial")
    target = f"/events/{published.slug}/{address.format(published.sections['public'])}"
    before = session.query(model).count()
    first, second = (browser.post(target, data={**data, **ONCE}) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location) and first.status_code == 302
    assert session.query(model).count() == before + 1


def test_every_new_form_has_a_key_of_its_own(published: Documented, login: Login) -> None:
    pages = [login("editorial").get(f"/events/{published.slug}/sections/new").text for _ in range(2)]
    keys = {page.split('name="once"')[1].split('value="')[1].split('"')[0] for page in pages}
    assert len(keys) == 2 and all(len(key) == 32 for key in keys)


def test_the_key_of_a_refused_form_stays(app: object, login: Login) -> None:
    answer = login("editorial").post("/events/new", data={**FORM, "title": "", **ONCE})
    assert answer.status_code == 422 and ONCE["once"] in answer.text
