"""A page costs the same number of SQL statements for few rows and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.events.models import Event, Pitch, Result, Section
from plugins.events.services import events
from plugins.events.services.participations import add_participations
from portal.permissions.actor import system
from portal.sdk.database import session, unit_of_work
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented, event_values

Login = Callable[[str], PortalClient]


def add_sections(event_id: int, count: int) -> None:
    with unit_of_work():
        audience = session.query(Section.audience).filter_by(audience_choice="inherit").limit(1).scalar()
        for number in range(count):
            section = Section(event_id=event_id, position=number + 10, title=f"Teil {number}", audience=audience)
            section.pitches = [Pitch(title="Pitch", audience=audience), Pitch(title="Pitch", audience=audience)]
            section.results = [Result(text="Ergebnis", audience=audience)]
            session.add(section)


def add_events(count: int) -> None:
    with unit_of_work():
        for number in range(count):
            event = events.create_event(system(), event_values(f"Treffen {number}"))
            events.publish_event(system(), event.id)


def cost(browser: PortalClient, statements: list[str], address: str) -> int:
    statements.clear()
    assert browser.get(address).status_code == 200
    return len([sent for sent in statements if sent.startswith("SELECT")])


@pytest.mark.parametrize("who", ["member", "editorial"])
def test_event_show_costs_the_same_for_3_and_for_300_sections(
    published: Documented, login: Login, statements: list[str], who: str
) -> None:
    browser, address = login(who), f"/events/{published.slug}"
    few = cost(browser, statements, address)
    add_sections(published.event, 300)
    assert cost(browser, statements, address) == few
    assert few <= 6, statements


def test_event_list_costs_the_same_for_few_and_for_many(
    published: Documented, login: Login, statements: list[str]
) -> None:
    browser = login("member")
    few = cost(browser, statements, "/events/")
    add_events(30)
    assert cost(browser, statements, "/events/") == few
    assert few <= 6, statements


def test_event_list_pages_through_everything_once(published: Documented, client: PortalClient) -> None:
    add_events(30)
    seen, address = [], "/events/"
    while address:
        page = client.get(address).text
        seen += [line for line in page.split('href="/events/') if line.startswith("treffen-")]
        address = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert len({line.split('"')[0] for line in seen}) == len(seen) == 30


def test_participation_list_costs_the_same_for_few_and_for_many(
    published: Documented, login: Login, statements: list[str]
) -> None:
    browser, address = login("editorial"), f"/events/{published.slug}/edit/participants"
    few = cost(browser, statements, address)
    lines = "\n".join(f"Gast mit einem langen Namen {number:03d}" for number in range(100))
    with unit_of_work():
        add_participations(system(), published.event, lines, is_listed=True, is_new=True)
    assert cost(browser, statements, address) == few
    assert few <= 7 and len(browser.get(address).text.encode()) <= 40_000, statements


def test_slot_and_cards_cost_little(
    published: Documented, network: Network, login: Login, statements: list[str]
) -> None:
    organisation = network.organisation("suedwerk")
    with unit_of_work():
        session.get_one(Pitch, published.pitches["inherit"]).organisation_id = organisation.id
    page = login("member").get(f"/organisations/{organisation.slug}").text
    assert "geseheninheritpitch" in page
    assert cost(login("member"), statements, "/") <= 8
    assert session.query(Event).count() == 1
