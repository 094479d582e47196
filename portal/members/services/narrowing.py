"""Narrowing a list of people at about the same cost for a hundred and for 100,000: criteria, and how each is asked.

A criterion that few people meet is a short list of numbers to begin with. One that thousands meet would be a long list
to put in order for each page; the people are gone through in their order instead, each asked whether they meet it,
until the page is full, which is soon, since so many do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, intersect, or_, select, union_all

from portal.extensions import db
from portal.members.models import Member

MANY = 1000


@dataclass(frozen=True)
class Criterion:
    """People who are in any of these parts, each of which selects their numbers."""

    parts: tuple[Select[Any], ...]


def meeting(criteria: Iterable[Criterion]) -> list[ColumnElement[bool]]:
    """The conditions of a query for people who meet all criteria; asks once a part whether there are many."""
    few: list[Criterion] = []
    many: list[Criterion] = []
    for one in criteria:
        (many if _is_met_by_many(one) else few).append(one)
    conditions: list[ColumnElement[bool]] = [Member.id.in_(_numbers(one)) for one in few]
    if few or len(many) == 1:
        return conditions + [_is_met(one) for one in many]
    return [Member.id.in_(intersect(*map(_numbers, many)))] if many else []


def _is_met_by_many(criterion: Criterion) -> bool:
    probes = [db.session.execute(part.limit(1).offset(MANY)).first() for part in criterion.parts]
    return any(one is not None for one in probes)


def _numbers(criterion: Criterion) -> Select[Any]:
    if len(criterion.parts) == 1:
        return criterion.parts[0]
    return select(union_all(*criterion.parts).subquery().c[0])


def _is_met(criterion: Criterion) -> ColumnElement[bool]:
    inner = [part.subquery().c[0] for part in criterion.parts]
    return or_(*(select(one).where(one == Member.id).correlate(Member).exists() for one in inner))
