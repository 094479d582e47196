"""What members agreed to, and what they have still to agree to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased

from portal.audit.services.recording import record
from portal.errors import Forbidden
from portal.extensions import db
from portal.legal.models import KINDS, LegalAgreement, LegalText
from portal.legal.services.reading import find_current
from portal.members.models import Member
from portal.permissions.actor import Actor


def asked_since() -> ScalarSelect[datetime | None]:
    """Since when the member of an enclosing query is asked to agree; nothing when there is nothing to agree to.

    Who agreed to a later version of the same kind is not asked for an earlier one."""
    later = aliased(LegalText)
    agreed = select(LegalAgreement.text_id).join(later, later.id == LegalAgreement.text_id)
    agreed = agreed.where(LegalAgreement.member_id == Member.id)
    agreed = agreed.where(later.kind == LegalText.kind, later.number >= LegalText.number)
    asked = select(func.min(LegalText.published_at)).where(
        LegalText.needs_agreement, ~agreed.correlate(LegalText, Member).exists()
    )
    return asked.correlate(Member).scalar_subquery()


def list_asked(member_id: int | None) -> list[LegalText]:
    """The texts that count now and of whose kind some version waits for the member's word; for somebody who has no
    account yet (None) all that ask for it."""
    asked = []
    for kind in KINDS:
        current, least = find_current(kind), _least_agreed(kind, member_id)
        needs = select(LegalText.id).where(LegalText.kind == kind, LegalText.needs_agreement)
        needs = needs.where(LegalText.published_at.is_not(None), LegalText.number > least)
        if current is not None and db.session.scalar(needs.limit(1)):
            asked.append(current)
    return asked


def agree(member: Actor, text_ids: set[int] | None = None) -> None:
    """Note that the member agrees to what they are asked for now, or to those of it that they were shown.

    Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    for text in list_asked(member.id):
        if text_ids is None or text.id in text_ids:
            db.session.merge(LegalAgreement(member_id=member.id, text_id=text.id))
            record(member, "legal.agreed", "legal", text.id, {"kind": text.kind, "number": text.number})
    db.session.flush()


def list_agreements(member: Actor) -> list[tuple[LegalText, datetime]]:
    """What the acting member agreed to, newest first."""
    own = select(LegalText, LegalAgreement.agreed_at).join(LegalAgreement, LegalAgreement.text_id == LegalText.id)
    rows = db.session.execute(
        own.where(LegalAgreement.member_id == member.id).order_by(LegalAgreement.agreed_at.desc())
    )
    return [(row[0], row[1]) for row in rows]


def count_agreed(text: LegalText) -> int:
    """How many agreed to this version."""
    return db.session.scalar(select(func.count()).where(LegalAgreement.text_id == text.id)) or 0


def _least_agreed(kind: str, member_id: int | None) -> int:
    numbers = select(func.max(LegalText.number)).join(LegalAgreement, LegalAgreement.text_id == LegalText.id)
    return db.session.scalar(numbers.where(LegalText.kind == kind, LegalAgreement.member_id == member_id)) or 0
