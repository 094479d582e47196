"""Hostile text in every column: no page of any role holds anything of it that would run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plugins.search import views
from plugins.search.services import indexing
from plugins.search.whoosh_index import WhooshIndex
from portal.web.markdown import render_markdown
from tests.security.crawling import Visit, crawl
from tests.security.expectations import ALL_ROWS
from tests.security.markup import is_live, read_markup
from tests.security.poison import POISONS, SCRIPT, TAG, Poison, list_targets, poison_everything
from tests.security.stage import Stage

ROLES = ("anonymous", "participant", "editor", "admin")
PAGES = [row for row in ALL_ROWS if row.method == "GET" and not row.endpoint.endswith("static")]


@pytest.fixture(params=POISONS, ids=lambda poison: poison.name)
def poisoned(stage: Stage, request: pytest.FixtureRequest) -> tuple[Stage, Poison]:
    """The portal with one kind of hostile text everywhere."""
    assert poison_everything(request.param) > 400
    return stage, request.param


@pytest.fixture
def search_page(poisoned: tuple[Stage, Poison], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The admin's page of results with hostile hits."""
    with closing(WhooshIndex(tmp_path / "index")) as index:
        indexing.rebuild(index, lambda count: None)
        monkeypatch.setattr(views, "find_index", lambda: index)
        yield poisoned[0].client("admin").get("/search/?q=canary+OR+xss+OR+javascript+OR+autofocus").text


def find_live(text: str) -> list[str]:
    """What of the page would run."""
    markup = read_markup(text)
    live = markup.handlers + markup.styles + markup.scripts + [one for one in markup.addresses if is_live(one)]
    return live + [tag for tag in markup.tags if tag == TAG]


def test_nothing_hostile_runs_on_any_page(poisoned: tuple[Stage, Poison]) -> None:
    stage, _poison = poisoned
    visits = [visit for visit in crawl(stage, PAGES, ROLES) if visit.is_page]
    wrong = [f"{visit}: {live}" for visit in visits if (live := find_live(visit.text))]
    assert not wrong, "\n".join(wrong)
    broken = [str(visit) for visit in visits if visit.status >= 500]
    assert not broken, "\n".join(broken)


def test_hostile_text_is_shown(poisoned: tuple[Stage, Poison]) -> None:
    stage, _poison = poisoned
    shown = {visit.row.endpoint for visit in crawl(stage, PAGES, ["admin"]) if is_shown(visit)}
    assert len(shown) > 30


def is_shown(visit: Visit) -> bool:
    """Whether the hostile text stands on the page at all, as text."""
    return visit.is_page and visit.status == 200 and (SCRIPT in visit.text or TAG in visit.text)


def test_nothing_hostile_runs_among_search_results(search_page: str) -> None:
    assert find_live(search_page) == []
    assert "<mark>" in search_page


def test_what_somebody_searches_for_does_not_run(stage: Stage) -> None:
    for poison in POISONS:
        answer = stage.client("admin").get("/search/", query_string={"q": poison.short, "type": poison.short})
        assert find_live(answer.text) == []


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: poison.name)
def test_markdown_runs_nothing(poison: Poison) -> None:
    assert find_live(render_markdown(poison.long + "\n\n" + poison.short)) == []


@pytest.mark.parametrize("table", ["member", "organisation", "attachment", "events_event", "initiatives_profile"])
def test_columns_are_found_by_reflection(table: str) -> None:
    assert [column.name for found, column in list_targets() if found.name == table] != []
