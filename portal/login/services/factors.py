"""The second factor by an authenticator app (TOTP, RFC 6238), and whether somebody has any."""

from __future__ import annotations

import secrets
from typing import Any

import pyotp
from cryptography.fernet import InvalidToken
from pyotp.totp import TOTP
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.login.models import Passkey, PendingLogin, RecoveryCode, TotpFactor
from portal.login.sealing import seal, unseal
from portal.login.services.notices import tell_owner
from portal.login.services.sessions import keep_proven
from portal.login.services.throttling import forget_tries, take_try
from portal.members.models import Member
from portal.permissions.actor import Actor

STEPS = (0, -1, 1)  # the present half minute, and one that a slow reader or a wrong clock is off


def has_factor(member_id: Any) -> ColumnElement[bool]:
    """In a query: whether the member has an authenticator app or a passkey."""
    app = select(TotpFactor.member_id).where(TotpFactor.member_id == member_id, TotpFactor.confirmed_at.is_not(None))
    key = select(Passkey.id).where(Passkey.member_id == member_id)
    return or_(app.exists(), key.exists())


def needs_factor(member_id: int) -> bool:
    """Whether the right password is not enough for this member."""
    return bool(db.session.scalar(select(has_factor(member_id))))


def find_totp(member: Actor) -> TotpFactor | None:
    """The member's own authenticator app, confirmed or still waiting for its first code."""
    return db.session.get(TotpFactor, member.id)


def begin_totp(member: Actor) -> None:
    """Make a secret for the member's app; it counts for nothing before :func:`confirm_totp`.

    Raises Conflict when an app is set up already."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = {"secret": seal(pyotp.random_base32()), "created_at": utcnow(), "last_counter": 0}
    row = insert(TotpFactor).values(member_id=member.id, **fresh)
    row = row.on_conflict_do_update(index_elements=["member_id"], set_=fresh, where=TotpFactor.confirmed_at.is_(None))
    if db.session.scalar(row.returning(TotpFactor.member_id)) is None:
        raise Conflict("An authenticator app is set up already.")


def waiting_secret(member: Actor) -> str:
    """The secret that the member's app is to take, as it is typed; "" when none waits."""
    row = find_totp(member)
    return _secret_of(row) if row is not None and row.confirmed_at is None else ""


def confirm_totp(member: Actor, code: str) -> None:
    """Take the app into use by its first code. Raises Invalid for a wrong one."""
    row = find_totp(member)
    if row is None or row.confirmed_at is not None:
        raise Conflict("There is no authenticator app that waits for its first code.")
    counter = _matching_counter(row, code)
    if counter is None:
        raise Invalid("This code is not right. Is the clock of your device right?", "code")
    is_first = not needs_factor(row.member_id)
    row.confirmed_at, row.last_counter = utcnow(), counter
    db.session.flush()
    keep_proven(member, is_first)
    record(member, "factor.added", "member", member.id, {"name": member.name})
    tell_owner(member.id, "factor_added")


def remove_totp(member: Actor) -> None:
    """Take the member's own authenticator app out of use."""
    gone = db.session.execute(delete(TotpFactor).where(TotpFactor.member_id == member.id))
    if gone.rowcount == 1:  # type: ignore[attr-defined]
        record(member, "factor.removed", "member", member.id, {"name": member.name})
        tell_owner(member.id, "factor_removed")
    forget_useless_codes(member.id)


def remove_factors(member: Actor, target: Member) -> None:
    """Take every second factor from somebody who lost them. Raises Forbidden for everybody but the operator."""
    if not member.is_system:
        raise Forbidden("Only the operator can do this, by a command.")
    for model in (TotpFactor, Passkey, RecoveryCode, PendingLogin):
        db.session.execute(delete(model).where(model.member_id == target.id))
    record(member, "factor.all_removed", "member", target.id, {"name": target.name})
    tell_owner(target.id, "factor_removed")


def describe_factors(member_id: int) -> list[str]:
    """What a member has besides the password, for the operator."""
    app = db.session.get(TotpFactor, member_id)
    keys = db.session.scalar(select(func.count(Passkey.id)).where(Passkey.member_id == member_id)) or 0
    codes = db.session.scalar(select(func.count(RecoveryCode.id)).where(RecoveryCode.member_id == member_id)) or 0
    found = {"authenticator app": bool(app and app.confirmed_at), f"passkeys: {keys}": keys}
    return [name for name, there in {**found, f"recovery codes: {codes}": codes}.items() if there]


def forget_useless_codes(member_id: int | None) -> None:
    """Delete the recovery codes of who has no second factor any more."""
    db.session.flush()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id, ~has_factor(member_id)))


def take_totp(member_id: int, code: str) -> bool:
    """Whether this is the app's present code, not taken before; each is taken once, also by two at a time."""
    row = db.session.get(TotpFactor, member_id)
    counter = _matching_counter(row, code) if row is not None and row.confirmed_at else None
    if counter is None:
        return False
    own = (TotpFactor.member_id == member_id, TotpFactor.last_counter < counter)
    taken = update(TotpFactor).where(*own).values(last_counter=counter)
    done = db.session.execute(taken, execution_options={"synchronize_session": False})
    return done.rowcount == 1  # type: ignore[attr-defined]


def count_guess(member_id: int) -> None:
    """Count a guess of a code, of whatever kind. Raises TooMany after ten in ten minutes."""
    take_try(account=_throttled(member_id))


def forget_guesses(member_id: int) -> None:
    """Start afresh after a right one."""
    forget_tries(account=_throttled(member_id))


def _throttled(member_id: int) -> str:
    return f"second factor of {member_id}"


def _secret_of(row: TotpFactor) -> str:
    try:
        return unseal(row.secret)
    except InvalidToken:  # the portal's secret key was changed: nobody can read it any more
        return ""


def _matching_counter(row: TotpFactor, code: str) -> int | None:
    secret, typed = _secret_of(row), code.replace(" ", "")
    if not secret or not typed.isascii():
        return None
    totp, now = TOTP(secret), utcnow()
    counters = [totp.timecode(now) + step for step in STEPS]
    return next((one for one in counters if secrets.compare_digest(totp.generate_otp(one), typed)), None)
