from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from plugins.search import views
from plugins.search.services import changes, indexing, searching
from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.contributions import SearchDocument
from tests.plugins.search.sources import Source

Build = Callable[..., WhooshIndex]
OpenIndex = Callable[[str], WhooshIndex]


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[OpenIndex]:
    """``open_index("name")``: an index in a folder of the test, which may not exist."""
    opened: list[WhooshIndex] = []

    def open_in(name: str) -> WhooshIndex:
        opened.append(WhooshIndex(tmp_path / name))
        return opened[-1]

    yield open_in
    for index in opened:
        index.close()


@pytest.fixture
def build(open_index: OpenIndex) -> Build:
    """``build(document, …)``: an index of these documents, in the folder ``built``."""

    def build_index(*documents: SearchDocument) -> WhooshIndex:
        index = open_index("built")
        index.rebuild(documents, lambda count: None)
        return index

    return build_index


@pytest.fixture
def source(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The only plugin that gives documents."""
    source = Source()
    for room in (indexing, searching):
        monkeypatch.setattr(room, "ask", source.ask)
    for room in (changes, searching):
        monkeypatch.setattr(room, "contributions", source.contributions)
    monkeypatch.setattr(changes, "effective_plugins", source.effective_plugins)
    return source


@pytest.fixture
def index(source: Source, open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch) -> WhooshIndex:
    """An index of its own for the test, which the pages use too; empty and ready."""
    index = open_index("index")
    indexing.rebuild(index, lambda count: None)
    monkeypatch.setattr(views, "find_index", lambda: index)
    return index
