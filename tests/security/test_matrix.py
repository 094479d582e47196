"""Role × route × state: each cell answers as declared, shows only what it may, and a refusal changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.permissions.actor import system
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.lifecycle import Lifecycle
from tests.security.canaries import READERS, ROLES, leaks
from tests.security.crawling import Visit
from tests.security.expectations import ALL_ROWS, ALLOWED, Row
from tests.security.stage import Stage, outcome_of
from tests.security.watching import digest_tables, find_changed

CHANGES = [row for row in ALL_ROWS if row.method == "POST"]
# Failed tries are counted and noted: that is what they change.
COUNTED = {"login.login_submit": ["audit_entry", "login_throttle"]}


def test_every_route_is_declared(built_stage: Stage) -> None:
    rules = built_stage.app.url_map.iter_rules()
    routes = {(method, rule.endpoint) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert {(row.method, row.endpoint) for row in ALL_ROWS} == routes


def test_every_rule_is_hit(built_stage: Stage) -> None:
    rules = Counter(rule.endpoint for rule in built_stage.app.url_map.iter_rules())
    routes = Counter(endpoint for _method, endpoint in {(row.method, row.endpoint) for row in ALL_ROWS})
    assert {name for name, count in rules.items() if count > routes[name]} == set()


def test_each_page_answers_as_declared(visits: list[Visit]) -> None:
    wrong = [f"{visit}: {visit.outcome}" for visit in visits if visit.outcome != visit.row.outcomes[visit.role]]
    assert not wrong, "\n".join(wrong)
    assert len(visits) == sum(row.method == "GET" for row in ALL_ROWS) * len(ROLES)


@pytest.mark.parametrize("row", CHANGES, ids=str)
def test_each_change_answers_as_declared(stage: Stage, row: Row) -> None:
    before, wrong = digest_tables(), []
    for role, expected in row.outcomes.items():
        outcome = outcome_of(stage.visit(row, role))
        if outcome != expected:
            wrong.append(f"{role}: {outcome}")
        if expected in ALLOWED:
            stage.reset()
        elif changed := [name for name in find_changed(before) if name not in COUNTED.get(row.endpoint, [])]:
            wrong.append(f"{role} changed {changed}")
    assert not wrong, "\n".join(wrong)


def test_no_page_shows_what_its_reader_must_not_know(visits: list[Visit]) -> None:
    wrong = [f"{visit}: {found}" for visit in visits if (found := leaks(visit.role, visit.text, visit.address))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("word", [word for word, readers in READERS.items() if readers])
def test_each_secret_is_there_for_each_of_its_readers(visits: list[Visit], word: str) -> None:
    assert READERS[word] <= {visit.role for visit in visits if word in visit.text}


def test_no_page_lists_who_did_not_agree_to_be_listed(visits: list[Visit]) -> None:
    pages = [visit for visit in visits if visit.row.endpoint == "events.participant_list" and visit.status == 200]
    assert any("Paul Teilnehmer" in visit.text for visit in pages)
    assert not any("Cem Kollege" in visit.text for visit in pages)


def test_a_log_in_of_a_disabled_member_is_worth_nothing(visits: list[Visit]) -> None:
    outcomes = {(str(visit.row), visit.role): visit.outcome for visit in visits}
    rows = {str(visit.row) for visit in visits}
    assert [row for row in rows if outcomes[row, "disabled"] != outcomes[row, "anonymous"]] == []


@pytest.mark.parametrize("plugin", ["events", "initiatives", "search"])
def test_what_belongs_to_a_plugin_that_is_off_is_nowhere(stage: Stage, plugin: str) -> None:
    Lifecycle(stage.app.extensions[EXTENSION]).disable(system(), plugin)
    own = [row for row in ALL_ROWS if row.endpoint.startswith(f"{plugin}.")]
    found = [str(row) for row in own if stage.visit(row, "admin").status_code != 404]
    assert found == []
    assert stage.client("admin").get("/").status_code == 200


def test_the_files_of_a_plugin_that_is_off_are_nowhere(stage: Stage) -> None:
    Lifecycle(stage.app.extensions[EXTENSION]).disable(system(), "events")
    files = [row for row in ALL_ROWS if row.endpoint.startswith("files.")]
    assert {stage.visit(row, "admin").status_code for row in files} == {404}
