"""Nothing changes without a token of one's own, and nothing at all by asking (GET, HEAD, OPTIONS)."""

from __future__ import annotations

import pytest

from tests.fixtures.client import PortalClient
from tests.security.canaries import ROLES
from tests.security.crawling import Visit
from tests.security.expectations import ALL_ROWS, ALLOWED, Row
from tests.security.stage import Stage
from tests.security.watching import digest_tables, find_changed

PAGES = [row for row in ALL_ROWS if row.method == "GET"]
CHANGES = list({row.endpoint: row for row in reversed(ALL_ROWS) if row.method == "POST" and ">" in row.signs}.values())


def who_may(row: Row) -> str:
    """A role that the row lets in."""
    return next(role for role in reversed(ROLES) if row.outcomes[role] in ALLOWED)


def forged(browser: PortalClient, foreign: PortalClient) -> dict[str, dict[str, str]]:
    """Tokens that must not count: none, nonsense, and that of somebody else's session."""
    return {"missing": {}, "nonsense": {"X-CSRFToken": "nonsense"}, "foreign": {"X-CSRFToken": foreign.csrf_token()}}


@pytest.mark.parametrize("row", CHANGES, ids=str)
def test_a_change_needs_a_token_of_its_own_session(stage: Stage, row: Row) -> None:
    role, before, accepted = who_may(row), digest_tables(), []
    for name, headers in forged(stage.client(role), stage.client("coeditor")).items():
        answer = stage.visit(row, role, csrf=False, headers=headers)
        if answer.status_code != 400:
            accepted.append(f"{name}: {answer.status_code}")
    assert not accepted
    assert find_changed(before) == []


def test_a_token_is_what_was_missing(stage: Stage) -> None:
    row = next(row for row in CHANGES if row.endpoint == "members.me_update")
    assert stage.visit(row, "member", csrf=False).status_code == 400
    assert stage.visit(row, "member").status_code == 302


def test_a_page_changes_nothing(crawled: tuple[list[Visit], list[str]]) -> None:
    visits, changed = crawled
    assert len(visits) > 500
    assert changed == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_asking_about_a_page_changes_nothing(stage: Stage, method: str) -> None:
    before = digest_tables()
    roles = ("anonymous", "editor", "admin")
    statuses = {stage.visit(row, role, method).status_code for row in PAGES for role in roles}
    assert max(statuses - {503}) < 500
    assert find_changed(before) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_a_change_is_made_by_post_alone(stage: Stage, method: str) -> None:
    before = digest_tables()
    wrong = [str(row) for row in CHANGES if stage.visit(row, who_may(row), method, data=None).status_code >= 500]
    assert wrong == []
    assert find_changed(before) == []
