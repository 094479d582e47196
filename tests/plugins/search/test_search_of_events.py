"""The search over the real documents of events: withdrawn at once, at the same price for few and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from plugins.events.models import Event
from plugins.events.services import events
from plugins.search import views
from plugins.search.services import indexing
from plugins.search.whoosh_index import WhooshIndex
from portal.permissions.actor import system
from portal.sdk.database import session, unit_of_work, utcnow
from tests.plugins.search.conftest import OpenIndex

Get = Callable[[str], str]


@pytest.fixture
def index(open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch) -> WhooshIndex:
    """An index of its own, which nothing but `index_all` fills."""
    index = open_index("index")
    monkeypatch.setattr(views, "find_index", lambda: index)
    return index


def make_events(count: int) -> list[int]:
    """Published events that are found by "Bonn"."""
    with unit_of_work():
        made = [events.create_event(system(), {"title": f"Bonn {n}", "starts_at": utcnow()}) for n in range(count)]
        for event in made:
            events.publish_event(system(), event.id)
        return [event.id for event in made]


def copy_event(count: int) -> None:
    """So many published events at once, each a copy of one."""
    (number,) = make_events(1)
    columns = [one for one in Event.__table__.c if one.name not in ("id", "slug", "form_key")]
    row = session.execute(select(*columns).where(Event.id == number)).one()._asdict()
    copies = [{**row, "slug": f"bonn-{count}-{n}"} for n in range(count - 1)]
    session.execute(insert(Event), copies)
    session.commit()


@pytest.fixture
def get(client: FlaskClient, index: WhooshIndex) -> Get:
    """``get("q=Bonn")``: the main part of what the public sees."""

    def get(query: str) -> str:
        html = client.get(f"/search/?{query}", headers={"Accept-Language": "en"}).get_data(as_text=True)
        return html.split("<main")[1].split("</main>")[0]

    return get


@pytest.mark.parametrize("query", ["q=Bonn", "q=Bonn&page=50", "q=Bonn&type=events.event", "q=Bonn&sort=date"])
def test_an_event_withdrawn_is_gone_before_the_index_knows(get: Get, index: WhooshIndex, query: str) -> None:
    kept, withdrawn = make_events(22), make_events(30)
    indexing.rebuild(index, lambda count: None)
    with unit_of_work():
        for number in withdrawn:
            events.withdraw_event(system(), number) if number % 2 else hide(number)
    before = get(query)
    indexing.rebuild(index, lambda count: None)
    assert before == get(query)
    assert str(len(kept)) in before


def hide(number: int) -> None:
    """Makes an event the team's."""
    events.update_event(system(), number, session.get_one(Event, number).version, {"audience_choice": "team"})


def test_search_index_costs_the_same_for_few_and_for_many(get: Get, index: WhooshIndex, statements: list[str]) -> None:
    counts = []
    for count in (3, 300):
        copy_event(count)
        indexing.rebuild(index, lambda count: None)
        get("q=Bonn")
        statements.clear()
        get("q=Bonn")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6
