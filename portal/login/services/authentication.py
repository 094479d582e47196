"""Checking who somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.database import unit_of_work
from portal.errors import Invalid
from portal.extensions import db
from portal.login.services import passwords
from portal.login.services.admitting import Seat
from portal.login.services.local import is_local_open
from portal.login.services.pending import Entry, let_in
from portal.login.services.throttling import forget_tries, take_try
from portal.members.models import Member
from portal.permissions.actor import Actor


@dataclass(frozen=True)
class Attempt:
    """Somebody tries to log in."""

    email: str
    password: str
    remember: bool
    device: str
    network: str
    known: frozenset[int] = frozenset()  # whom this browser has let in before


@dataclass(frozen=True)
class _Candidate:
    id: int | None
    password_hash: str


def log_in(attempt: Attempt) -> Entry:
    """Check the password; open a session, or note that the second factor is to come.

    Three units of work, so that hashing (slow on purpose) never holds the database's write lock.
    Raises TooMany before any hashing when there were too many tries, Invalid when address or password is wrong."""
    email = normalise_email(attempt.email)
    with unit_of_work():
        candidate = _find_candidate(email)
        budget = _budget(attempt, email, candidate)
        take_try(**budget)
    correct = passwords.is_correct(attempt.password, candidate.password_hash)
    if candidate.id is None or not correct:
        with unit_of_work():
            record(Actor(), "login.failed", "member", candidate.id or "")
        raise _wrong()
    new_hash = passwords.hash_password(attempt.password) if passwords.needs_new_hash(candidate.password_hash) else ""
    with unit_of_work():
        return _admit(candidate, attempt, email, new_hash)


def _budget(attempt: Attempt, email: str, candidate: _Candidate) -> dict[str, str]:
    """Whose tries are counted. A browser that the owner used before has its own: strangers can't shut the owner out."""
    if candidate.id is not None and candidate.id in attempt.known:
        return {"device": str(candidate.id)}
    return {"account": email, "network": attempt.network}


def _find_candidate(email: str) -> _Candidate:
    member = db.session.scalar(select(Member).where(Member.email == email, Member.state == "active"))
    return _Candidate(member.id, member.password_hash) if member and is_local_open(email) else _Candidate(None, "")


def _admit(candidate: _Candidate, attempt: Attempt, email: str, new_hash: str) -> Entry:
    """The row is locked, so that a password changed meanwhile is seen and none can be changed before the session is."""
    assert candidate.id is not None
    still = (Member.id == candidate.id, Member.state == "active", Member.password_hash == candidate.password_hash)
    if db.session.scalar(select(Member.id).where(*still).with_for_update()) is None:
        raise _wrong()
    if new_hash:
        db.session.execute(update(Member).where(Member.id == candidate.id).values(password_hash=new_hash))
    forget_tries(account=email, device=str(candidate.id))
    return let_in(candidate.id, Seat(attempt.device, attempt.network, attempt.remember))


def _wrong() -> Invalid:
    """One answer for an unknown address, a wrong password, a disabled member and one who may only sign on."""
    return Invalid("The address or the password is wrong.", "password")


def normalise_email(address: str) -> str:
    """An address as it is stored: without blanks around it, in lower case."""
    return address.strip().lower()
