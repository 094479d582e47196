"""What becomes of invitations and requests for access when their organisation is archived or merged into another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from portal.database import utcnow
from portal.extensions import db
from portal.invitations.messages import moved_sentences
from portal.invitations.models import AccessRequest, Invitation
from portal.organisations.signals import organisation_archived, organisations_merged


@organisation_archived.connect
def withdraw_into(sender: object, organisation_id: int) -> None:
    """Make void what was sent into an organisation that is archived."""
    is_open = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    into = update(Invitation).where(Invitation.organisation_id == organisation_id, *is_open)
    db.session.execute(into.values(withdrawn_at=utcnow()))


@organisations_merged.connect
def move_rows(sender: object, kept_id: int, gone_id: int) -> list[str]:
    """Let what leads into the one that goes lead into the one that stays; says how much."""
    return moved_sentences(*(_move(table, kept_id, gone_id) for table in (Invitation, AccessRequest)))


def _move(table: Any, kept_id: int, gone_id: int) -> int:
    moved = update(table).where(table.organisation_id == gone_id).values(organisation_id=kept_id)
    return db.session.execute(moved).rowcount  # type: ignore[attr-defined]
