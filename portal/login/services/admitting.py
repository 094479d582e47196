"""The last step of every way in: times are noted, the audit knows, a session is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import NotFound
from portal.extensions import db
from portal.login.services.sessions import open_session
from portal.members.models import Member
from portal.permissions.actor import Actor


@dataclass(frozen=True)
class Seat:
    """From where somebody comes in, whether their device is to remember it, and whether they showed a second factor.

    ``vouched``: the sign-on's provider says that they did; ``proved_at``: when they did there, if that was not now."""

    device: str
    network: str
    remember: bool
    proven: bool = False
    vouched: bool = False
    proved_at: datetime | None = None


def admit(member_id: int, seat: Seat) -> str:
    """Open a session for an active member who has proved who they are; gives its token. Raises NotFound."""
    times = {"previous_login_at": Member.last_login_at, "last_login_at": utcnow()}
    active = (Member.id == member_id, Member.state == "active")
    if db.session.execute(update(Member).where(*active).values(**times)).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    name = db.session.scalar(select(Member.name).where(Member.id == member_id)) or ""
    record(Actor(id=member_id, name=name), "login.succeeded", "member", member_id)
    proof = {"proven": seat.proven or seat.vouched, "vouched": seat.vouched, "confirmed_at": seat.proved_at or utcnow()}
    return open_session(member_id, seat.device, seat.network, seat.remember, **proof)
