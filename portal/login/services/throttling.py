"""Counting failed tries before any hashing: per account and per network, never a permanent lock-out."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from portal.database import utcnow
from portal.errors import TooMany
from portal.extensions import db
from portal.login.models import LoginThrottle

# How many tries in how long. ``mail``: mails that anybody can have sent to one address, whatever their kind.
LIMITS = {
    "account": (10, timedelta(minutes=10)),
    "device": (10, timedelta(minutes=10)),
    "network": (60, timedelta(minutes=10)),
    "mail": (5, timedelta(hours=1)),
    "notice": (1, timedelta(hours=1)),
    "inviter": (60, timedelta(hours=1)),
}


def check_throttle(**keys: str) -> None:
    """Raises TooMany when a key (``account=``, ``network=``, ``mail=``, …) has used up its tries in this window."""
    for kind, value in keys.items():
        most, window = LIMITS[kind]
        row = db.session.get(LoginThrottle, _key(kind, value))
        if row and row.tries >= most and (left := row.window_start + window - utcnow()) > timedelta(0):
            raise TooMany("Too many tries. Please wait a few minutes.", int(left.total_seconds()) + 1)


def count_try(**keys: str) -> None:
    """Count a try for each key; a new window begins when the last one is over."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    now = utcnow()
    for kind, value in keys.items():
        is_over = LoginThrottle.window_start <= now - LIMITS[kind][1]
        first = insert(LoginThrottle).values(key=_key(kind, value), window_start=now, tries=1)
        changes = {
            "tries": case((is_over, 1), else_=LoginThrottle.tries + 1),
            "window_start": case((is_over, now), else_=LoginThrottle.window_start),
        }
        db.session.execute(first.on_conflict_do_update(index_elements=["key"], set_=changes))
    db.session.expire_all()


def forget_tries(**keys: str) -> None:
    """Start afresh for these keys after a success."""
    for kind, value in keys.items():
        if row := db.session.get(LoginThrottle, _key(kind, value)):
            db.session.delete(row)


def _key(kind: str, value: str) -> str:
    """Addresses are kept only as hashes."""
    return f"{kind}:{hashlib.sha256(value.strip().lower().encode()).hexdigest()}"
