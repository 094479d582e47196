from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from plugins.search import cli
from plugins.search.whoosh_index import WhooshIndex
from tests.plugins.search.conftest import OpenIndex
from tests.plugins.search.documents import make_document
from tests.plugins.search.sources import Source

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, index: WhooshIndex, source: Source, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("status")``: a command of `portal search` on the index of the test."""
    monkeypatch.setattr(cli, "find_index", lambda: index)
    source.put(make_document("1", "Rundgang in Bonn", title="Ausflug"))
    return lambda *words: app.test_cli_runner().invoke(args=["search", *words])


def test_search_rebuild_and_query(run: Run) -> None:
    assert "1 documents indexed" in run("rebuild").output
    assert "Ausflug" in run("query", "Bonn").output


def test_search_status(run: Run) -> None:
    result = run("status")
    assert result.exit_code == 0
    assert "ready" in result.output


def test_search_commands_say_in_one_line_what_is_wrong(
    run: Run, open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "find_index", lambda: open_index("none"))
    assert (run("status").exit_code, run("query", "Bonn").exit_code) == (1, 1)
    assert "being rebuilt" in run("query", "Bonn").output
