"""Whoever follows a link to the portal stays in it, whatever address the link says to lead on to."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask

from tests.security.addresses import QUERIES
from tests.security.canaries import ROLES
from tests.security.expectations import ALL_ROWS, ALLOWED, Row
from tests.security.impossible import Noting
from tests.security.redirecting import ELSEWHERE, HERE, NAMES, WAYS, find_leaks, follow, make_proofs_cheap
from tests.security.stage import Stage

HOME = "/members/?q=b%C3%BCro"
PATHS = (
    "//evil.example/..",
    "//evil.example//me",
    "/\\evil.example/me",
    "//members",
    "/%2f%2fevil.example",
    "/events//",
)


def reads_a_target(stage: Stage, row: Row) -> bool:
    """Whether the row's route reads an address to lead on to, as anybody it lets in."""
    found: set[str] = set()
    wanted = dict.fromkeys(NAMES, HOME)
    for role in [one for one in ROLES if row.outcomes[one] in ALLOWED or row.method == "POST"][:2]:
        Noting.asked.clear()
        options: dict[str, Any] = {"data": wanted} if row.method == "POST" else {}
        stage.visit(row, role, query_string=None if row.endpoint in QUERIES else wanted, **options)
        found |= Noting.asked & NAMES
    return bool(found)


def test_every_way_that_leads_on_is_tried(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.app.request_class, "parameter_storage_class", Noting)
    rows = {f"{row.method} {row.endpoint}": row for row in reversed(ALL_ROWS)}
    found = {name for name, row in rows.items() if reads_a_target(stage, row)}
    assert found <= {name.partition(",")[0] for name in WAYS}, found


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_elsewhere(app: Flask, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    make_proofs_cheap(monkeypatch)
    answers = follow(app, WAYS[way], ELSEWHERE)
    wrong = [f"{wanted!r}: {found}" for wanted, answer in answers if (found := find_leaks(answer))]
    assert not wrong, "\n".join(wrong)
    assert len(answers) >= 200 and max(answer.status_code for _, answer in answers) < 500


@pytest.mark.parametrize("way", WAYS)
def test_a_way_leads_on_where_it_should(app: Flask, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    make_proofs_cheap(monkeypatch)
    wanted = "/me/data/export" if way.endswith("resent") else HOME
    ((_, answer),) = follow(app, WAYS[way], [wanted])
    assert unquote(wanted) in unquote(unquote(answer.headers.get("Location") or answer.text))


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_elsewhere(stage: Stage, path: str) -> None:
    answers = [stage.client(role).get(path) for role in ("anonymous", "member")]
    targets = [answer.headers.get("Location", "/") for answer in answers]
    assert [one for one in targets if not HERE.fullmatch(one.removeprefix("http://localhost"))] == []
