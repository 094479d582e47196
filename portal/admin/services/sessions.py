"""Where a member is logged in, for those who may shut members out."""

from __future__ import annotations

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import NotFound
from portal.extensions import db
from portal.login.models import LoginSession
from portal.login.services.sessions import end_all_sessions
from portal.members.models import Member
from portal.members.services.roles import require_roles_of
from portal.permissions.actor import Actor, require

MANAGE = "members.disable"


def list_sessions_of(member: Actor, target_id: int) -> list[LoginSession]:
    """Somebody's valid sessions, last used first. Raises Forbidden without ``members.disable`` or a role of theirs."""
    require(member, MANAGE)
    require_roles_of(member, target_id)
    theirs = select(LoginSession).where(LoginSession.member_id == target_id, LoginSession.expires_at > utcnow())
    return list(db.session.scalars(theirs.order_by(LoginSession.seen_at.desc())))


def end_sessions_of(member: Actor, target_id: int, session_id: int | None = None) -> Member:
    """End one session of somebody, or all; they are logged out at once. Raises Forbidden, NotFound."""
    require(member, MANAGE)
    require_roles_of(member, target_id)
    target = db.session.get(Member, target_id)
    session = db.session.get(LoginSession, session_id) if session_id else None
    if target is None or (session_id and (session is None or session.member_id != target_id)):
        raise NotFound
    if session is not None:
        db.session.delete(session)
    else:
        end_all_sessions(target_id)
    record(member, "member.logged_out", "member", target_id, {"name": target.name})
    return target
