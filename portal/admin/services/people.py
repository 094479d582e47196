"""Everybody, as administrators look for them: filtered and sorted at the same cost for a hundred and for 100,000."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import aliased, selectinload

from portal.extensions import db
from portal.members.models import Member, MemberWord
from portal.members.naming import fold, words_of
from portal.members.services.narrowing import Criterion, meeting
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import Actor, require
from portal.permissions.models import MemberRole, Role
from portal.web.paging import SEPARATOR, Page, read_number

PAGE_SIZE = 50
SORTS: dict[str, tuple[Any, bool]] = {
    "name": (Member.sort_name, False),
    "login": (Member.last_login_at, True),
    "created": (Member.created_at, True),
}
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True)
class PeopleFilter:
    """Whom to show: words of name, address or organisation, a state, a role, an organisation, those never logged in.

    ``sort`` is a name of SORTS; ``after`` is the key of the row to continue after."""

    words: str = ""
    state: str = ""
    role: str = ""
    organisation_id: int | None = None
    never: bool = False
    sort: str = "name"
    after: str = ""


def list_people(member: Actor, wanted: PeopleFilter) -> Page[Member]:
    """A page of everybody, in any state; log-in and creation newest first. Raises Forbidden without the permission."""
    require(member, "members.list_all")
    column, newest_first = SORTS.get(wanted.sort, SORTS["name"])
    query = _found(wanted).options(selectinload(Member.memberships))
    if wanted.sort == "login":
        query = query.where(column.is_not(None))
    if key := _read_key(wanted.after, newest_first):
        pair = tuple_(column, Member.id)
        query = query.where(pair < key if newest_first else pair > key)
    order = (column.desc(), Member.id.desc()) if newest_first else (column, Member.id)
    rows = list(db.session.scalars(query.order_by(*order).limit(PAGE_SIZE + 1)))
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], _key_of(getattr(last, column.key), last.id) if last else None)


def _found(wanted: PeopleFilter) -> Select[Member]:
    return select(Member).where(*meeting(_criteria(wanted)))


def _criteria(wanted: PeopleFilter) -> list[Criterion]:
    words = [word for text in wanted.words.split()[:6] for word in ([fold(text)] if "@" in text else words_of(text))]
    criteria, one = [_called(word) for word in words], aliased(Member)
    if wanted.state:
        criteria.append(Criterion((select(one.id).where(one.state == wanted.state),)))
    if wanted.never:
        never = select(one.id).where(one.last_login_at.is_(None), one.state.in_(("active", "invited")))
        criteria.append(Criterion((never,)))
    if wanted.organisation_id:
        theirs = select(Membership.member_id).where(Membership.organisation_id == wanted.organisation_id)
        criteria.append(Criterion((theirs,)))
    if wanted.role:
        held = select(MemberRole.member_id).join(Role, Role.id == MemberRole.role_id).where(Role.name == wanted.role)
        criteria.append(Criterion((held,)))
    return criteria


def _called(word: str) -> Criterion:
    """A word of the name, the address or an organisation of theirs begins so; each is a stretch of an index."""
    in_organisation = select(Membership.member_id).join(Organisation, Organisation.id == Membership.organisation_id)
    reached = aliased(Member)
    return Criterion(
        (
            select(MemberWord.member_id).where(_begins(MemberWord.word, word)),
            select(reached.id).where(_begins(reached.email, word)),
            in_organisation.where(_begins(Organisation.sort_name, word)),
        )
    )


def _begins(column: Any, word: str) -> ColumnElement[bool]:
    return (column >= word) & (column < word + LAST_LETTER)


def _key_of(value: Any, number: int) -> str:
    return f"{value.isoformat() if isinstance(value, datetime) else value}{SEPARATOR}{number}"


def _read_key(text: str, is_moment: bool) -> tuple[Any, int] | None:
    """Value and id of the row to continue after; None for what :func:`_key_of` never gave."""
    value, _, digits = text.rpartition(SEPARATOR)
    number = read_number(digits)
    if number is None or not is_moment:
        return None if number is None else (value, number)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment, number) if moment.tzinfo and 1970 <= moment.year <= 9000 else None
