"""The filters of the search page: what they offer, what they count, how they are taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from plugins.search.services import indexing
from plugins.search.whoosh_index import WhooshIndex, selection
from tests.plugins.search.documents import make_document
from tests.plugins.search.sources import Source

Get = Callable[[str], str]


@pytest.fixture
def page(client: FlaskClient, index: WhooshIndex, source: Source) -> Get:
    """``page("q=Bonn")``: what the public sees, in English."""
    source.put(
        make_document("1", "Bonn", land="BY"),
        make_document("2", "Bonn", land="BY", type="events.section"),
        make_document("3", "Bonn", land="SN"),
        make_document("4", "Bonn", land="HH", readers=["member"]),
    )
    indexing.rebuild(index, lambda count: None)
    return lambda query: client.get(f"/search/?{query}", headers={"Accept-Language": "en"}).get_data(as_text=True)


def options(html: str) -> list[str]:
    """What the filter by Land offers."""
    found = re.search(r'<select[^>]*name="land".*?</select>', html, re.DOTALL)
    return re.findall(r"<option[^>]*>(.*?)</option>", found.group()) if found else []


def test_filters_name_and_count_what_the_asker_may_read(page: Get) -> None:
    assert options(page("q=Bonn")) == ["All", "Bavaria (2)", "Saxony (1)"]


def test_filters_narrow_the_hits_and_keep_the_other_choices(page: Get) -> None:
    html = page("q=Bonn&land=BY")
    assert "2 results" in html
    assert options(html) == ["All", "Bavaria (2)", "Saxony (1)"]
    assert options(page("q=Bonn&land=BY&type=events.section")) == ["All", "Bavaria (1)"]


def test_kinds_are_counted_within_the_filter(page: Get) -> None:
    html = page("q=Bonn&land=SN")
    assert re.findall(r'class="count">(\d+)<', html) == ["1", "1"]


def test_a_chosen_filter_can_be_taken_back(page: Get) -> None:
    html = page("q=Bonn&land=BY&sort=date")
    assert re.search(r'href="/search/\?q=Bonn&amp;sort=date">Land: Bavaria', html)


def test_a_value_that_nothing_has_finds_nothing(page: Get) -> None:
    html = page("q=Bonn&land=%3Cb%3E")
    assert "Nothing found" in html
    assert "Land: &lt;b&gt;" in html


@pytest.mark.parametrize("query", ["q=Bonn&color=red", "q=Bonn&land=", "q=Bonn&year=2023"])
def test_filters_that_do_not_exist_are_no_filters(page: Get, query: str) -> None:
    assert "3 results" in page(query)


def test_no_numbers_are_shown_where_they_are_not_known(page: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MOST", 2)
    html = page("q=Bonn&sort=date")
    assert "More than 2 results" in html
    assert 'class="count"' not in html
    assert not re.search(r"\(\d\)</option>", html)
