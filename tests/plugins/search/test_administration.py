from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.search import administration
from plugins.search.whoosh_index import WhooshIndex
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def shown(index: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> WhooshIndex:
    """The index that the page tells of."""
    monkeypatch.setattr(administration, "find_index", lambda: index)
    return index


@pytest.fixture
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The jobs that the page asks for."""
    nudged: list[str] = []
    monkeypatch.setattr(administration, "enqueue", nudged.append)
    return nudged


def test_index_show_tells_state_and_backlog(login: LogIn, shown: WhooshIndex) -> None:
    text = login("admin").get("/search/administration", headers=ENGLISH).text
    assert "It answers." in text
    assert "Changes waiting" in text


def test_index_show_stands_in_the_administrations_menu(login: LogIn) -> None:
    assert 'href="/search/administration"' in login("admin").get("/admin/", headers=ENGLISH).text
    assert 'href="/search/administration"' not in login("editorial").get("/", headers=ENGLISH).text


def test_index_rebuild_nudges_the_worker(login: LogIn, shown: WhooshIndex, nudged: list[str]) -> None:
    answer = login("admin").post("/search/administration/rebuild")
    assert (answer.status_code, nudged) == (302, ["search.rebuild"])


@pytest.mark.parametrize("who", ["member", "editorial"])
def test_index_pages_are_for_who_manages_plugins(login: LogIn, nudged: list[str], who: str) -> None:
    assert login(who).get("/search/administration").status_code == 403
    assert login(who).post("/search/administration/rebuild").status_code == 403
    assert nudged == []
