"""What a member wants to be told of, and how."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid
from portal.extensions import db
from portal.notices.models import RHYTHMS, Notice, NoticeChoice
from portal.notices.services.catalogue import list_kinds
from portal.permissions.actor import Actor

DIGESTS = ("daily", "weekly")


def list_rhythms(member: Actor) -> dict[str, str]:
    """How the member is told of each kind that is offered to them. Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    rows = select(NoticeChoice.kind, NoticeChoice.rhythm).where(NoticeChoice.member_id == member.id)
    chosen = {row.kind: row.rhythm for row in db.session.execute(rows)}
    return {kind.name: chosen.get(kind.name, kind.default) for kind in list_kinds(member) if not kind.transactional}


def choose_rhythms(member: Actor, wanted: Mapping[str, str]) -> None:
    """Set how the member is told of these kinds; others stay. Raises Forbidden, Invalid for an unknown rhythm.

    What waits for a digest follows its kind to the other digest, or stays in the portal."""
    before = list_rhythms(member)
    changed = {name: rhythm for name, rhythm in wanted.items() if before.get(name, rhythm) != rhythm}
    if not set(changed.values()) <= set(RHYTHMS):
        raise Invalid("Please choose one of the possibilities in each row.")
    for name, rhythm in changed.items():
        _set(member, name, rhythm)
    if changed:
        record(member, "notices.chosen", "member", member.id, {"name": member.name, "kinds": sorted(changed)})


def _set(member: Actor, kind: str, rhythm: str) -> None:
    db.session.execute(delete(NoticeChoice).where(NoticeChoice.member_id == member.id, NoticeChoice.kind == kind))
    db.session.add(NoticeChoice(member_id=member.id, kind=kind, rhythm=rhythm))
    waiting = update(Notice).where(Notice.member_id == member.id, Notice.kind == kind, Notice.waits != "")
    db.session.execute(waiting.values(waits=rhythm if rhythm in DIGESTS else ""))
    db.session.flush()
