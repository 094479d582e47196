"""Reading one person, and counting all."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.services.visibility import shown_to, viewer_of
from portal.permissions.actor import Actor, require
from portal.permissions.models import MemberRole, Role


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
