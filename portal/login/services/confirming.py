"""A new proof that it is still the owner who sits there, before what protects the account is changed."""

from __future__ import annotations

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.database import reading, unit_of_work, utcnow
from portal.errors import Forbidden, Invalid
from portal.extensions import db
from portal.login.services import passwords
from portal.login.services.factors import needs_factor, take_totp
from portal.login.services.local import require_local
from portal.login.services.passkeys import Site, check_passkey
from portal.login.services.sessions import renew_session
from portal.login.services.throttling import forget_proofs, note_wrong_proof, take_proof
from portal.members.models import Member
from portal.permissions.actor import Actor


def confirm_by_password(member: Actor, password: str) -> str:
    """Take the member's password as a proof, unless they have a second factor; gives the session's new token.

    Counted like a log-in, before any hashing. Raises Invalid, TooMany, Forbidden."""
    with reading():
        stored = db.session.execute(select(Member.password_hash).where(Member.id == member.id)).scalar_one()
        require_local(member.id)
        has_factor = needs_factor(member.id or 0)
    if has_factor:
        raise Invalid("Your password is not enough here: you have a second factor.")
    with unit_of_work():
        take_proof(member)
    if not passwords.is_correct(password, stored):
        note_wrong_proof(member)
        raise Invalid("This is not your password.", "confirm_password")
    forget_proofs(member)
    return _note_proof(member)


def confirm_by_code(member: Actor, code: str) -> str:
    """Take a code of the member's authenticator app as a proof; gives the session's new token.

    Raises Invalid, TooMany."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    with unit_of_work():
        take_proof(member)
    if not take_totp(member.id, code):
        note_wrong_proof(member)
        raise Invalid("This code is not right, or it was used before.", "confirm_code")
    forget_proofs(member)
    return _note_proof(member, proven=True)


def confirm_by_passkey(member: Actor, site: Site, token: str, credential: str) -> str:
    """Take the answer of one of the member's passkeys as a proof; gives the session's new token. Raises Invalid."""
    try:
        check_passkey("confirm", member, site, token, credential)
    except Invalid:
        note_wrong_proof(member)
        raise
    return _note_proof(member, proven=True)


def _note_proof(member: Actor, **values: object) -> str:
    """Note at the session that its owner has just proved who they are, and give it a new token (ASVS 5.0, 7.2.4)."""
    record(member, "session.confirmed", "member", member.id)
    return renew_session(member, confirmed_at=utcnow(), **values)
