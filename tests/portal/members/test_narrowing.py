"""Lists of people hold the same people, and cost the same, whether thousands meet a criterion or a few."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from portal.admin.services.people import PeopleFilter, list_people
from portal.extensions import db
from portal.members.services import narrowing
from portal.members.services.directory import DirectoryFilter, list_choices, list_directory
from tests.fixtures.databases import BACKEND
from tests.fixtures.people import Network

FILTERS = (
    {"words": "mi"},
    {"words": "südwerk"},
    {"words": "in in"},
    {"words": "mia süd"},
    {"words": "cem koll nord"},
    {"words": "i", "land": "SH"},
    {"organisation": 1, "words": "in"},
    {"land": "NI", "words": "paul"},
    {"words": "nobody"},
)
PEOPLE = ({"words": "mia"}, {"words": "member@netz"}, {"state": "disabled"}, {"never": True, "words": "nord"})
PEOPLE += ({"role": "admin", "state": "active"}, {"organisation_id": 1, "sort": "created"}, {"state": "active"})


def find(chosen: dict) -> list[int]:
    """Whom the directory and the list of the office show."""
    member = Network().actor("admin")
    if chosen in PEOPLE:
        return [one.id for one in list_people(member, PeopleFilter(**chosen)).items]
    return [one.id for one in list_directory(member, DirectoryFilter(**chosen), list_choices()).items]


@pytest.mark.parametrize("chosen", FILTERS + PEOPLE, ids=str)
def test_many_and_few_are_found_alike(network: Network, monkeypatch: pytest.MonkeyPatch, chosen: dict) -> None:
    few = find(chosen)
    monkeypatch.setattr(narrowing, "MANY", 0)
    assert find(chosen) == few
    assert bool(few) == (chosen["words"] != "nobody" if "words" in chosen else True)


@pytest.mark.skipif(BACKEND != "sqlite", reason="PostgreSQL weighs its plans by itself")
@pytest.mark.parametrize("chosen", [{"words": "mi"}, {"land": "NI"}, {"state": "active"}], ids=str)
def test_what_many_meet_is_walked_in_order(
    network: Network, statements: list[str], monkeypatch: pytest.MonkeyPatch, chosen: dict
) -> None:
    monkeypatch.setattr(narrowing, "MANY", 0)
    find(chosen)
    query = next(one for one in reversed(statements) if "ORDER BY member.sort_name" in one)
    plan = [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {_filled(query)}"))]
    assert any("ix_member_sort_name_id" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def _filled(query: str) -> str:
    return query.replace("?", "1")
