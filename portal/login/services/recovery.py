"""Recovery codes: ten, each good for one log-in when the second factor is out of reach."""

from __future__ import annotations

import base64
import hashlib
import secrets

from sqlalchemy import delete, func, select

from portal.audit.services.recording import record
from portal.extensions import db
from portal.login.models import RecoveryCode
from portal.login.services.notices import tell_owner
from portal.members.models import Member
from portal.permissions.actor import Actor

CODES = 10
CODE_BYTES = 10  # 80 bits: too many to guess, so a plain hash is enough to keep them


def renew_codes(member: Actor) -> list[str]:
    """Ten new codes as they are shown, once; earlier ones are void."""
    codes = [_new_code() for _ in range(CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    db.session.add_all(RecoveryCode(member_id=member.id, code_hash=_hash(member.id, code)) for code in codes)
    db.session.flush()
    record(member, "recovery.renewed", "member", member.id, {"name": member.name})
    return codes


def count_codes(member_id: int | None) -> int:
    """How many codes the member has left."""
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(RecoveryCode.member_id == member_id)) or 0


def take_code(member_id: int, code: str) -> bool:
    """Whether this is one of the member's codes; it is gone afterwards, and its owner is told."""
    own = (RecoveryCode.member_id == member_id, RecoveryCode.code_hash == _hash(member_id, code))
    if db.session.execute(delete(RecoveryCode).where(*own)).rowcount != 1:  # type: ignore[attr-defined]
        return False
    name = db.session.scalar(select(Member.name).where(Member.id == member_id)) or ""
    record(Actor(id=member_id, name=name), "recovery.used", "member", member_id, {"name": name})
    tell_owner(member_id, "recovery_used", left=count_codes(member_id))
    return True


def _new_code() -> str:
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode("ascii").lower()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _hash(member_id: int | None, code: str) -> str:
    """Blanks, hyphens and capitals make no difference; the owner does."""
    bare = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(f"{member_id}:{bare}".encode()).hexdigest()
