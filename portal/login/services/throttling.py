"""Counting failed tries before any hashing: per account and per network, never a permanent lock-out.

Who is logged in has tries of their own (``proof``), so that strangers who try to log in can't use them up."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import TooMany
from portal.extensions import db
from portal.login.models import LoginThrottle
from portal.permissions.actor import Actor

# How many tries in how long. ``reset`` to ``invite``: mails to one address, each purpose by itself, so that nobody who
# asks for the one can keep the other away.
LIMITS = {
    "account": (10, timedelta(minutes=10)),
    "device": (10, timedelta(minutes=10)),
    "proof": (10, timedelta(minutes=10)),
    "network": (60, timedelta(minutes=10)),
    "reset": (5, timedelta(hours=1)),
    "address": (5, timedelta(hours=1)),
    "request": (5, timedelta(hours=1)),
    "invite": (5, timedelta(hours=1)),
    "told": (5, timedelta(hours=1)),
    "inviter": (60, timedelta(hours=1)),
}


def check_throttle(**keys: str) -> None:
    """Raises TooMany when a key (``account=``, ``network=``, ``reset=``, …) has used up its tries in this window."""
    for kind, value in keys.items():
        most, window = LIMITS[kind]
        row = db.session.get(LoginThrottle, _key(kind, value))
        if row and row.tries >= most and row.window_start + window > utcnow():
            raise _too_many(row.window_start + window)


def take_try(**keys: str) -> None:
    """Count a try for each key, and raise TooMany for one that has none left: at once, so that nobody gets in between.

    The caller ends the unit of work, which holds back others with the same keys."""
    for kind, value in keys.items():
        tries, began = _count(kind, value)
        most, window = LIMITS[kind]
        if tries > most:
            raise _too_many(began + window)


def take_proof(member: Actor) -> None:
    """Count a try of somebody logged in to prove who they are, in the session they are in. Raises TooMany."""
    take_try(proof=_session_of(member))


def forget_proofs(member: Actor) -> None:
    """Start afresh after a right proof."""
    forget_tries(proof=_session_of(member))


def note_wrong_proof(member: Actor) -> None:
    """Have the audit know of a wrong proof, in a unit of work of its own: the caller's comes to nothing."""
    with unit_of_work():
        record(member, "session.proof_failed", "member", member.id, {"name": member.name})


def count_try(**keys: str) -> None:
    """Count a try for each key, however many there were."""
    for kind, value in keys.items():
        _count(kind, value)


def _count(kind: str, value: str) -> tuple[int, datetime]:
    """Give the tries and the beginning of the window; a new one begins when the last is over."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    now = utcnow()
    is_over = LoginThrottle.window_start <= now - LIMITS[kind][1]
    first = insert(LoginThrottle).values(key=_key(kind, value), window_start=now, tries=1)
    changes = {
        "tries": case((is_over, 1), else_=LoginThrottle.tries + 1),
        "window_start": case((is_over, now), else_=LoginThrottle.window_start),
    }
    counting = first.on_conflict_do_update(index_elements=["key"], set_=changes)
    tries, began = db.session.execute(counting.returning(LoginThrottle.tries, LoginThrottle.window_start)).one()
    db.session.expire_all()
    return tries, began


def forget_tries(**keys: str) -> None:
    """Start afresh for these keys after a success."""
    for kind, value in keys.items():
        if row := db.session.get(LoginThrottle, _key(kind, value)):
            db.session.delete(row)


def _too_many(until: datetime) -> TooMany:
    return TooMany("Too many tries. Please wait a few minutes.", int((until - utcnow()).total_seconds()) + 1)


def _session_of(member: Actor) -> str:
    return str(member.session_id or f"of {member.id}")


def _key(kind: str, value: str) -> str:
    """Addresses are kept only as hashes."""
    return f"{kind}:{hashlib.sha256(value.strip().lower().encode()).hexdigest()}"
