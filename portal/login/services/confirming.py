"""A new proof that it is still the owner who sits there, before what protects the account is changed."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.database import reading, unit_of_work, utcnow
from portal.errors import Forbidden, Invalid
from portal.extensions import db
from portal.login.models import LoginSession
from portal.login.services import passwords
from portal.login.services.factors import count_guess, forget_guesses, take_totp
from portal.login.services.throttling import check_throttle, count_try, forget_tries
from portal.login.services.tokens import hash_token, new_token
from portal.members.models import Member
from portal.permissions.actor import Actor


def confirm_by_password(member: Actor, password: str) -> str:
    """Take the member's password as a proof; gives the session's new token.

    Counted like a log-in, before any hashing. Raises Invalid, TooMany."""
    with reading():
        found = db.session.execute(select(Member.email, Member.password_hash).where(Member.id == member.id)).one()
        account, stored = found.email or "", found.password_hash
    with unit_of_work():
        check_throttle(account=account)
        count_try(account=account)
    if not passwords.is_correct(password, stored):
        raise Invalid("This is not your password.", "confirm_password")
    forget_tries(account=account)
    return note_proof(member)


def confirm_by_code(member: Actor, code: str) -> str:
    """Take a code of the member's authenticator app as a proof; gives the session's new token.

    Raises Invalid, TooMany."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    with unit_of_work():
        count_guess(member.id)
    if not take_totp(member.id, code):
        raise Invalid("This code is not right, or it was used before.", "confirm_code")
    forget_guesses(member.id)
    return note_proof(member)


def note_proof(member: Actor) -> str:
    """Note at the session that its owner has just proved who they are, and give it a new token (ASVS 5.0, 7.2.4)."""
    token = new_token()
    own = (LoginSession.id == member.session_id, LoginSession.member_id == member.id)
    db.session.execute(update(LoginSession).where(*own).values(confirmed_at=utcnow(), token_hash=hash_token(token)))
    record(member, "session.confirmed", "member", member.id)
    return token
