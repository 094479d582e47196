"""The rule of reading has two forms: the function and the query must always agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from portal.database import AudienceType
from portal.extensions import db
from portal.permissions.actor import Actor, anonymous, system
from portal.permissions.audiences import Rule, can_read, prepared, visible_to

probe = sa.Table(
    "probe", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("audience", AudienceType)
)

PRINCIPALS = [
    *("public", "member", "member:1", "member:11", "role:admin", "role:editorial", "permission:events.edit"),
    *("organisation:1", "organisation:1:editor", "organisation:11", "events:5:participant", 'odd"quote', "ümlaut", "%"),
]
audiences = st.lists(st.lists(st.sampled_from(PRINCIPALS), max_size=4), min_size=1, max_size=6)
actors = st.builds(
    Actor,
    id=st.sampled_from([None, 1, 11]),
    roles=st.frozensets(st.sampled_from(["admin", "editorial"])),
    permissions=st.frozensets(st.just("events.edit")),
    organisations=st.frozensets(st.sampled_from([1, 11])),
    edited_organisations=st.frozensets(st.just(1)),
    adds=st.sampled_from([None, lambda actor: frozenset({"events:5:participant", 'odd"quote', "ümlaut", "%"})]),
)


@dataclass(frozen=True)
class Row:
    """Something with an audience."""

    audience: list[str]


@pytest.fixture
def probe_table(app: Flask) -> Iterator[None]:
    probe.create(db.engine)
    yield
    db.session.remove()
    probe.drop(db.engine)


@prepared
def _readable(visible: Rule) -> sa.Select[Any]:
    return sa.select(probe.c.id).where(visible(probe.c.audience))


@pytest.mark.usefixtures("probe_table")
@examples(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(audiences=audiences, member=actors)
def test_function_and_query_agree(audiences: list[list[str]], member: Actor) -> None:
    db.session.execute(probe.delete())
    db.session.execute(probe.insert(), [{"id": n, "audience": one} for n, one in enumerate(audiences)])
    rows = [(number, Row(audience)) for number, audience in db.session.execute(sa.select(probe))]
    by_query = set(db.session.scalars(sa.select(probe.c.id).where(visible_to(probe.c.audience, member))))
    assert by_query == set(db.session.scalars(*_readable(member)))
    assert by_query == {number for number, row in rows if can_read(member, row)}
    db.session.rollback()


def test_the_public_carries_only_public() -> None:
    assert anonymous().principals == {"public"}


def test_the_system_reads_everything() -> None:
    assert can_read(system(), Row([]))


@pytest.mark.usefixtures("probe_table")
def test_a_prepared_statement_shows_the_system_everything() -> None:
    db.session.execute(probe.insert(), [{"id": 1, "audience": []}, {"id": 2, "audience": ["member:1"]}])
    assert [set(db.session.scalars(*_readable(one))) for one in (system(), anonymous())] == [{1, 2}, set()]
    db.session.rollback()


def test_principals_of_plugins_are_asked_once() -> None:
    asked: list[int] = []
    member = Actor(id=3, adds=lambda one: asked.append(1) or frozenset({"events:1:participant"}))
    assert "events:1:participant" in member.principals and member.principals
    assert asked == [1]
