"""Log-in sessions: opened, listed, ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import NotFound
from portal.extensions import db
from portal.jobs import job
from portal.login.models import AddressChange, LoginSession, PendingLogin
from portal.login.services.tokens import hash_token, new_token
from portal.permissions.actor import Actor

NOTED_AGAIN_AFTER = timedelta(minutes=10)
LIFETIME, REMEMBERED_LIFETIME = timedelta(hours=12), timedelta(days=30)


def open_session(member_id: int, device: str, network: str, remembered: bool, **proof: Any) -> str:
    """Make a session row with what is known of the ``proof``; gives the token, which is stored only as a hash."""
    token = new_token()
    lifetime = REMEMBERED_LIFETIME if remembered else LIFETIME
    db.session.add(
        LoginSession(
            token_hash=hash_token(token),
            member_id=member_id,
            expires_at=utcnow() + lifetime,
            remembered=remembered,
            device=device[:160],
            network=network[:60],
            **proof,
        )
    )
    db.session.flush()
    return token


def renew_session(member: Actor, **values: object) -> str:
    """Give the acting member's present session another token, which is returned, so that copies of the old one end."""
    token = new_token()
    own = (LoginSession.id == member.session_id, LoginSession.member_id == member.id)
    db.session.execute(update(LoginSession).where(*own).values(token_hash=hash_token(token), **values))
    return token


def keep_proven(member: Actor, is_first: bool) -> None:
    """The acting member set up a second factor in their present session, so it is proven.

    With the first one all other sessions end: they were opened by the password alone, which somebody else may know."""
    if member.id is None:
        return
    own = (LoginSession.id == member.session_id, LoginSession.member_id == member.id)
    db.session.execute(update(LoginSession).where(*own).values(proven=True))
    if is_first:
        end_all_sessions(member.id, but=member.session_id)


def list_sessions(member: Actor) -> list[LoginSession]:
    """The member's own sessions that are still valid, newest first."""
    own = select(LoginSession).where(LoginSession.member_id == member.id, LoginSession.expires_at > utcnow())
    return list(db.session.scalars(own.order_by(LoginSession.seen_at.desc())))


def end_session(member: Actor, session_id: int | None) -> None:
    """End one of the member's own sessions. Raises NotFound for any other."""
    session = db.session.get(LoginSession, session_id) if session_id else None
    if session is None or session.member_id != member.id:
        raise NotFound
    db.session.delete(session)
    record(member, "session.ended", "member", member.id)


def end_other_sessions(member: Actor) -> None:
    """End every session of the acting member but the one they act in."""
    if member.id is not None:
        end_all_sessions(member.id, but=member.session_id)
        record(member, "session.others_ended", "member", member.id)


def end_all_sessions(member_id: int, but: int | None = None) -> None:
    """End every session of a member, except ``but``: after a password change or when disabled.

    A log-in that waits for its second factor ends too, and a change of address that nobody confirmed: the password
    that they began with may be the one that was stolen."""
    doomed = delete(LoginSession).where(LoginSession.member_id == member_id)
    db.session.execute(doomed.where(LoginSession.id != but) if but else doomed)
    db.session.execute(delete(PendingLogin).where(PendingLogin.member_id == member_id))
    drop_changes(member_id)


def drop_changes(member_id: int) -> None:
    """Forget the changes of address that a member asked for and did not confirm."""
    unconfirmed = (AddressChange.member_id == member_id, AddressChange.confirmed_at.is_(None))
    db.session.execute(delete(AddressChange).where(*unconfirmed))


@job("login.note_seen")
def note_seen(session_id: int, at: datetime) -> None:
    """Note that a device was in use at this moment; a page that is only read writes nothing itself."""
    seen = update(LoginSession).where(LoginSession.id == session_id, LoginSession.seen_at < at)
    db.session.execute(seen.values(seen_at=at))
