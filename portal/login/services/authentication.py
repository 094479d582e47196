"""Checking who somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid
from portal.extensions import db
from portal.login.services import passwords
from portal.login.services.sessions import open_session
from portal.login.services.throttling import check_throttle, count_try, forget_tries
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


@dataclass(frozen=True)
class _Candidate:
    id: int | None
    name: str
    password_hash: str


def log_in(attempt: Attempt) -> str:
    """Check the password and open a session; gives its token.

    Three units of work, so that hashing (slow on purpose) never holds the database's write lock.
    Raises TooMany before any hashing when there were too many tries, Invalid when address or password is wrong."""
    email = normalise_email(attempt.email)
    with unit_of_work():
        check_throttle(account=email, network=attempt.network)
        candidate = _find_candidate(email)
        count_try(account=email, network=attempt.network)
    correct = passwords.is_correct(attempt.password, candidate.password_hash)
    if candidate.id is None or not correct:
        with unit_of_work():
            record(Actor(), "login.failed", "member", candidate.id or "")
        raise _wrong()
    new_hash = passwords.hash_password(attempt.password) if passwords.needs_new_hash(candidate.password_hash) else ""
    with unit_of_work():
        return _admit(candidate, attempt, email, new_hash)


def _find_candidate(email: str) -> _Candidate:
    member = db.session.scalar(select(Member).where(Member.email == email, Member.state == "active"))
    return _Candidate(member.id, member.name, member.password_hash) if member else _Candidate(None, "", "")


def _admit(candidate: _Candidate, attempt: Attempt, email: str, new_hash: str) -> str:
    assert candidate.id is not None
    forget_tries(account=email)
    changes = {"previous_login_at": Member.last_login_at, "last_login_at": utcnow()}
    if new_hash:
        changes["password_hash"] = new_hash
    still_the_same = (Member.state == "active", Member.password_hash == candidate.password_hash)
    admitted = update(Member).where(Member.id == candidate.id, *still_the_same).values(**changes)
    if db.session.execute(admitted).rowcount != 1:  # type: ignore[attr-defined]
        raise _wrong()
    record(Actor(id=candidate.id, name=candidate.name), "login.succeeded", "member", candidate.id)
    return open_session(candidate.id, attempt.device, attempt.network, attempt.remember)


def _wrong() -> Invalid:
    """One answer for an unknown address, a wrong password and a disabled member."""
    return Invalid("The address or the password is wrong.", "password")


def normalise_email(address: str) -> str:
    """An address as it is stored: without blanks around it, in lower case."""
    return address.strip().lower()
