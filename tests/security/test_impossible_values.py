"""What no page ever sends breaks no page: it finds nothing, or it is refused with a sentence."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from portal.extensions import limiter
from tests.security.addresses import FORMS, address_of, find_rule, values_of
from tests.security.expectations import ALLOWED, Row
from tests.security.impossible import (
    IN_ADDRESSES,
    ROLES,
    hostile_paths,
    list_fields,
    list_places,
    list_questions,
    send_together,
)
from tests.security.stage import Stage

EDITORS = ("admin", "editor", "member")
Found = list[tuple[int, str]]


def ask(stage: Stage, role: str, address: str) -> int:
    limiter.reset()
    answer = stage.client(role).get(address)
    answer.close()
    return answer.status_code


@pytest.mark.parametrize("role", ROLES)
def test_no_query_breaks_a_page(stage: Stage, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    questions = list_questions(stage, monkeypatch, role)
    assert "/members/?after" in questions and len(questions) >= 10
    broken: Found = []
    for question in questions:
        for kind, value in IN_ADDRESSES.items():
            status = ask(stage, role, f"{question}={quote(value)}")
            broken += [(status, f"{question}: {kind}")] if status >= 500 else []
    assert not broken


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_breaks_a_page(stage: Stage, method: str, role: str) -> None:
    broken: Found = []
    for row in list_places(method, role):
        values = values_of(stage.world, row, role)
        given = [str(values[name]) for name in find_rule(stage.app, method, row.endpoint).arguments if name in values]
        for name, path in hostile_paths(address_of(stage.app, row, values), given):
            limiter.reset()
            answer = stage.client(role).open(path, method=method)
            broken += [(answer.status_code, f"{row}: {name}")] if answer.status_code >= 500 else []
    assert not broken


@pytest.mark.parametrize("row", [row for row in list_places("POST", *EDITORS) if row.endpoint in FORMS], ids=str)
def test_no_field_breaks_a_form(stage: Stage, row: Row) -> None:
    role = next(one for one in EDITORS if row.outcomes[one] in ALLOWED)
    values = values_of(stage.world, row, role)

    def send(hostile: dict[str, str]) -> TestResponse:
        answer = stage.visit(row, role, data={**FORMS[row.endpoint](values), **hostile})
        if answer.status_code < 400:
            stage.reset()
        return answer

    kinds = list_fields(stage, row, values)
    found = [(status, f"{kind}: {names}") for kind in kinds for status, names in send_together(send, kinds[kind])]
    assert found and not [one for one in found if one[0] >= 500]
