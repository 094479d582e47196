"""While the index lags behind the database, what was withdrawn changes nothing of what its former readers get.

Two portals are compared: in one some documents were withdrawn and the index does not know yet, in the other they never
were."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from plugins.search import views
from plugins.search.services import indexing, searching
from plugins.search.whoosh_index import WhooshIndex, selection
from portal.sdk.access import Actor
from portal.sdk.contributions import SearchDocument
from tests.plugins.search.conftest import OpenIndex
from tests.plugins.search.documents import make_document
from tests.plugins.search.sources import Source

MEMBER = Actor(id=7)
QUESTIONS: list[dict[str, Any]] = [
    {"text": "Bonn"},
    {"text": "Bonn", "page": 2},
    {"text": "Bonn", "page": 50},
    {"text": "Bonn", "types": ["events.section"]},
    {"text": "Bonn", "order": "date"},
    {"text": "Bonn", "facets": {"land": "BY"}},
    {"text": "Rhein OR Brücke"},
    {"text": "Geheimnis"},
]


def make_kept() -> list[SearchDocument]:
    """What is there in both portals: more than a page, with a rare and a common word in some of it."""
    texts = ["Rhein"] * 9 + ["Brücke"] * 3 + ["Stadt"] * 18
    return [make_document(f"k{n}", f"Bonn {text}", title=f"Ort {n}", land="BY") for n, text in enumerate(texts)]


def make_withdrawn() -> list[SearchDocument]:
    """What is withdrawn: it would lead by score and date, turn round which word is the rarer, and fill a page."""
    some = [make_document(f"w{n}", "Brücke Bonn Bonn", title="Bonn", readers=["member"], land="BY") for n in range(25)]
    return [*some, make_document("w99", "Bonn Geheimnis", type="events.section", land="SN")]


@pytest.fixture
def lagging(source: Source, open_index: OpenIndex) -> WhooshIndex:
    """Its index holds the withdrawn documents."""
    index = open_index("lagging")
    source.put(*make_kept(), *make_withdrawn())
    indexing.rebuild(index, lambda count: None)
    withdraw(source)
    return index


@pytest.fixture
def innocent(source: Source, open_index: OpenIndex) -> WhooshIndex:
    """Its index was made of what remains."""
    index = open_index("innocent")
    source.put(*make_kept())
    index.rebuild(make_kept(), lambda count: None)
    return index


def withdraw(source: Source) -> None:
    """Half of it is deleted, half for others from now on."""
    for number, one in enumerate(make_withdrawn()):
        del source.documents[one.id]
        if number % 2:
            source.put(make_document(one.id, one.body, title=one.title, readers=["organisation:9"], type=one.type))


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_withdrawn_documents_change_nothing(
    lagging: WhooshIndex, innocent: WhooshIndex, question: dict[str, Any]
) -> None:
    assert searching.search(MEMBER, lagging, **question) == searching.search(MEMBER, innocent, **question)


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
@pytest.mark.parametrize("most", [1, 7, 29, 30])
def test_nor_where_there_is_too_much_to_look_at(
    lagging: WhooshIndex,
    innocent: WhooshIndex,
    question: dict[str, Any],
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("MOST", most), ("SAMPLE", most), ("SPARE", 2)):
        monkeypatch.setattr(selection, name, value)
    assert searching.search(MEMBER, lagging, **question) == searching.search(MEMBER, innocent, **question)


@pytest.mark.parametrize("query", ["q=Bonn", "q=Bonn&page=50", "q=Bonn&type=events.section", "q=Bonn&land=BY"])
def test_pages_are_the_same_to_the_last_letter(
    client: FlaskClient,
    lagging: WhooshIndex,
    innocent: WhooshIndex,
    query: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = []
    for index in (lagging, innocent):
        monkeypatch.setattr(views, "find_index", lambda index=index: index)
        pages.append(client.get(f"/search/?{query}", headers={"Accept-Language": "en"}).text.split("<main")[1])
    assert pages[0].split("</main>")[0] == pages[1].split("</main>")[0]


def test_the_comparison_sees_a_leak(
    lagging: WhooshIndex, innocent: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "find_readable", lambda member, keys: set(keys))
    assert searching.search(MEMBER, lagging, "Bonn", page=50) != searching.search(MEMBER, innocent, "Bonn", page=50)
    assert searching.search(MEMBER, lagging, "Geheimnis") != searching.search(MEMBER, innocent, "Geheimnis")


def test_more_than_is_looked_at_is_said_to_be_more(innocent: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MOST", 29)
    found = searching.search(MEMBER, innocent, "Bonn")
    assert (found.total, found.is_exact, found.kinds.is_exact) == (29, False, False)
    monkeypatch.setattr(selection, "MOST", 30)
    assert searching.search(MEMBER, innocent, "Bonn").is_exact
