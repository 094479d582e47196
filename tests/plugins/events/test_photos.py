"""Photos stand where they were taken: a few at their section, those of the day at the end, all on their own page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from plugins.events.models import Event, Section
from plugins.events.services import attachments
from portal.permissions.actor import system
from portal.sdk.database import session, unit_of_work
from portal.sdk.files import Description
from tests.fixtures.client import PortalClient
from tests.plugins.events.conftest import Documented
from tests.portal.files.samples import picture

Login = Callable[[str], PortalClient]


def add_photos(owner: type[Event] | type[Section], number: int, *names: str, ready: bool = True) -> None:
    with unit_of_work():
        for name in names:
            received = attachments.receive_upload(system(), f"{name}.jpg", BytesIO(picture()))
            thing = session.get_one(owner, number)
            file = attachments.create_file(system(), thing, received, Description(alt_text=name))
            file.thumbnail_state = "done" if ready else "pending"


def section_of(page: str, number: int) -> str:
    return page.split(f'id="section-{number}"')[1].split("</section>")[0]


@pytest.fixture
def lab(published: Documented) -> int:
    return published.sections["inherit"]


def test_a_section_shows_its_first_photos_and_leads_to_all(published: Documented, lab: int, login: Login) -> None:
    add_photos(Section, lab, "Erstes Bild", "Zweites Bild", "Drittes Bild", "Viertes Bild")
    part = section_of(login("member").get(f"/events/{published.slug}").text, lab)
    assert [name for name in ("Erstes", "Zweites", "Drittes", "Viertes") if f'alt="{name}' in part] == [
        *("Erstes", "Zweites", "Drittes")
    ]
    assert f'href="/events/{published.slug}/photos#section-{lab}"' in part and part.count('loading="lazy"') == 3


def test_the_page_of_photos_has_a_place_for_each_section(published: Documented, lab: int, login: Login) -> None:
    add_photos(Section, lab, "Erstes Bild", "Viertes Bild")
    assert "Viertes Bild" in section_of(login("member").get(f"/events/{published.slug}/photos").text, lab)


def test_a_photo_stands_once_in_the_report(published: Documented, lab: int, login: Login) -> None:
    add_photos(Section, lab, "Im Labor")
    add_photos(Event, published.event, "Im Foyer")
    page = login("member").get(f"/events/{published.slug}").text
    end = page.split('id="photos"')[1]
    assert page.count('alt="Im Labor"') == 1 and 'alt="Im Labor"' not in end and 'alt="Im Foyer"' in end


def test_a_photo_that_is_not_ready_is_not_shown(published: Documented, lab: int, login: Login) -> None:
    add_photos(Section, lab, "Noch nicht", ready=False)
    part = section_of(login("member").get(f"/events/{published.slug}").text, lab)
    assert "Noch nicht" not in part and "/photos" not in part


@pytest.mark.parametrize(("who", "seen"), [("member", False), ("participant", True), ("editorial", True)])
def test_photos_of_a_section_are_for_its_readers(published: Documented, login: Login, who: str, seen: bool) -> None:
    add_photos(Section, published.sections["participants"], "Nur für Anwesende")
    pages = [login(who).get(f"/events/{published.slug}{page}").text for page in ("", "/photos")]
    assert [("Nur für Anwesende" in page) for page in pages] == [seen, seen]


def test_a_preview_leads_to_no_photos(published: Documented, lab: int, login: Login) -> None:
    add_photos(Section, lab, "Im Labor")
    part = section_of(login("editorial").get(f"/events/{published.slug}/preview/member").text, lab)
    assert 'alt="Im Labor"' in part and "/photos" not in part
