"""Between the right password and the second factor: not a session, ten minutes long, used once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.login.models import PendingLogin
from portal.login.services.admitting import Seat, admit
from portal.login.services.factors import count_guess, forget_guesses, needs_factor, take_totp
from portal.login.services.recovery import take_code
from portal.login.services.tokens import hash_token, new_token
from portal.members.models import Member
from portal.permissions.actor import Actor

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class Pending:
    """Whose second factor is awaited."""

    member_id: int
    name: str
    remember: bool


@dataclass(frozen=True)
class Entry:
    """What a first proof gives: the token of a session, or of a log-in that waits for the second factor."""

    session: str = ""
    pending: str = ""


def let_in(member_id: int, seat: Seat) -> Entry:
    """Open a session for who has shown the first proof, or note that the second factor is to come. Raises NotFound."""
    if needs_factor(member_id) and not seat.vouched:
        return Entry(pending=open_pending(member_id, seat.remember))
    return Entry(session=admit(member_id, seat))


def open_pending(member_id: int, remember: bool) -> str:
    """Note that the member's password was right; gives a token for the browser that knew it."""
    token = new_token()
    row = PendingLogin(token_hash=hash_token(token), member_id=member_id, remember=remember)
    row.expires_at = utcnow() + LIFETIME
    db.session.add(row)
    db.session.flush()
    return token


def find_pending(token: str) -> Pending | None:
    """Whose token this is; None once it was used, is over, or the member's sessions were ended since."""
    rows = (
        select(Member.id, Member.name, PendingLogin.remember)
        .join(PendingLogin, PendingLogin.member_id == Member.id)
        .where(PendingLogin.token_hash == hash_token(token), PendingLogin.expires_at > utcnow())
        .where(Member.state == "active")
    )
    found = db.session.execute(rows).one_or_none()
    return Pending(*found) if found else None


def complete_login(token: str, code: str, device: str, network: str) -> str:
    """Open the session that waits for this code of an app or for recovery; gives its token.

    The guess is counted in a unit of work of its own, so that it stays counted.
    Raises TooMany, Invalid for a wrong code, NotFound when the token is worth nothing (any more)."""
    with unit_of_work():
        pending = _get(token)
        count_guess(pending.member_id)
    with unit_of_work():
        if take_totp(pending.member_id, code) or take_code(pending.member_id, code):
            return _finish(token, pending, device, network)
        record(Actor(), "login.factor_failed", "member", pending.member_id, {"name": pending.name})
    raise Invalid("This code is not right, or it was used before.", "code")


def _finish(token: str, pending: Pending, device: str, network: str) -> str:
    used = delete(PendingLogin).where(PendingLogin.token_hash == hash_token(token), PendingLogin.expires_at > utcnow())
    if db.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise _over()
    forget_guesses(pending.member_id)
    return admit(pending.member_id, Seat(device, network, pending.remember, proven=True))


def _get(token: str) -> Pending:
    found = find_pending(token)
    if found is None:
        raise _over()
    return found


def _over() -> NotFound:
    return NotFound("Please log in again: the time for the second step is over.")
