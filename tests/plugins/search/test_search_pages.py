from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from plugins.search import views
from plugins.search.services import indexing
from plugins.search.whoosh_index import WhooshIndex
from tests.plugins.search.conftest import OpenIndex
from tests.plugins.search.documents import make_document
from tests.plugins.search.sources import Source

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def page(client: FlaskClient, index: WhooshIndex, source: Source) -> Callable[[str], str]:
    """``page("?q=Bonn")``: the English search page, as the public sees it."""
    source.put(
        make_document("1", "Ein Rundgang in Bonn", title="Bonn & <Region>"),
        make_document("2", "Ein Abend in Bonn", type="events.section"),
        make_document("3", "Geheimes aus Bonn", readers=["member"]),
    )
    indexing.rebuild(index, lambda count: None)

    def get(query: str) -> str:
        answer = client.get("/search/" + query, headers=ENGLISH)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return get


def test_search_index_shows_hits_with_marked_words(page: Callable[[str], str]) -> None:
    html = page("?q=bonn")
    assert "Ein Rundgang in <mark>Bonn</mark>" in html
    assert "<mark>Bonn</mark> &amp; &lt;Region&gt;" in html
    assert "2 results" in html


def test_search_index_says_nothing_of_what_is_hidden(page: Callable[[str], str]) -> None:
    assert "Geheimes" not in page("?q=bonn")
    assert "Nothing found" in page("?q=Geheimes")


def test_search_index_narrows_to_a_type(page: Callable[[str], str]) -> None:
    html = page("?q=bonn&type=events.section")
    assert "Abend" in html
    assert "Rundgang" not in html
    assert 'aria-current="page"' in html


@pytest.mark.parametrize("query", ["", "?q=", "?q=%22", "?q=bonn&page=x", "?q=bonn&page=-3", "?type=nix&sort=up"])
def test_search_index_takes_whatever_comes(page: Callable[[str], str], query: str) -> None:
    assert "<h1>" in page(query)


def test_search_index_gives_advice_when_nothing_is_found(page: Callable[[str], str]) -> None:
    html = page("?q=Nirgendwo+Wort")
    assert "Leave out a word" in html
    assert "/login?next=" in html


def test_search_index_says_that_the_index_is_being_rebuilt(
    client: FlaskClient, source: Source, open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "find_index", lambda: open_index("none"))
    answer = client.get("/search/?q=Bonn", headers=ENGLISH)
    assert answer.status_code == 200
    assert "The index is being rebuilt" in answer.get_data(as_text=True)


def test_search_index_speaks_german(client: FlaskClient, index: WhooshIndex) -> None:
    html = client.get("/search/?q=Bonn", headers={"Accept-Language": "de"}).get_data(as_text=True)
    assert "Nichts gefunden" in html


def test_each_hit_says_what_it_is_in_the_singular(page: Callable[[str], str]) -> None:
    assert "Veranstaltung</span>" in page("?q=rundgang").replace("\n", "")
