"""Reading people, at the same cost however many there are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.visibility import shown_to, viewer_of
from portal.permissions.actor import Actor, require
from portal.permissions.models import MemberRole, Role
from portal.web.paging import Page, key_of, read_key

PAGE_SIZE = 30


@dataclass(frozen=True)
class MemberFilter:
    """What to show: words of a name, a state, and the key of the row to continue after."""

    words: str = ""
    state: str = ""
    after: str = ""


def list_all_members(member: Actor, wanted: MemberFilter) -> Page[Member]:
    """A page of everybody, in any state, searched by name or address. Raises Forbidden without ``members.list_all``."""
    require(member, "members.list_all")
    query = _found(wanted, with_address=True)
    return _page(query.where(Member.state == wanted.state) if wanted.state else query, wanted.after)


def get_member(member: Actor, member_id: int) -> Member:
    """Somebody of the directory with their organisations.

    Raises NotFound for the public, and for disabled members unless the asker may see all."""
    if not member.is_authenticated:
        raise NotFound
    loaded = (selectinload(Member.memberships), joinedload(Member.topics))
    rows = db.session.scalars(select(Member).where(Member.id == member_id).options(*loaded))
    found = rows.unique().one_or_none()
    if found is None or (found.state == "disabled" and not member.can("members.list_all")):
        raise NotFound
    return found


def get_self(member: Actor) -> Member:
    """The acting member's own row. Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    return get_member(member, member.id)


def can_see_address(member: Actor, other: Member) -> bool:
    """Whether the address may be shown to the acting member: by the rule of that field."""
    return "email" in shown_to(viewer_of(member), other)


def list_role_titles(member_id: int) -> list[str]:
    """The titles of the roles that somebody holds."""
    rows = select(Role.title).join(MemberRole, MemberRole.role_id == Role.id).where(MemberRole.member_id == member_id)
    return list(db.session.scalars(rows.order_by(Role.title)))


def count_by_state(member: Actor) -> dict[str, int]:
    """How many people are in each state. Raises Forbidden without ``members.list_all``."""
    require(member, "members.list_all")
    rows = db.session.execute(select(Member.state, func.count()).group_by(Member.state))
    return {row[0]: row[1] for row in rows}


def _found(wanted: MemberFilter, with_address: bool = False) -> Select[Member]:
    query = select(Member).options(selectinload(Member.memberships))
    for word in fold(wanted.words).split()[:6]:
        in_name = Member.sort_name.contains(word, autoescape=True)
        query = query.where(in_name | Member.email.contains(word, autoescape=True) if with_address else in_name)
    return query


def _page(query: Select[Member], after: str) -> Page[Member]:
    if key := read_key(after):
        query = query.where(tuple_(Member.sort_name, Member.id) > key)
    rows = list(db.session.scalars(query.order_by(Member.sort_name, Member.id).limit(PAGE_SIZE + 1)))
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], key_of(last.sort_name, last.id) if last else None)
