"""Reading the audit log, newest first, at the same cost however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.extensions import db
from portal.permissions.actor import Actor, require

PAGE_SIZE = 50


@dataclass(frozen=True)
class AuditFilter:
    """What to show: an action, an actor, entries older than ``before`` (an id)."""

    action: str = ""
    actor_id: int | None = None
    before: int | None = None


def list_entries(member: Actor, wanted: AuditFilter) -> tuple[list[AuditEntry], int | None]:
    """A page of entries and the id to continue before. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE_SIZE + 1)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.actor_id:
        query = query.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.before:
        query = query.where(AuditEntry.id < wanted.before)
    entries = list(db.session.scalars(query))
    return entries[:PAGE_SIZE], entries[PAGE_SIZE - 1].id if len(entries) > PAGE_SIZE else None


def find_last_change(subject_type: str, subject_id: int, ending: str = ".updated") -> dict[str, Any]:
    """``who`` changed a thing last and ``when``, for those who may edit it too; nothing when that is not recorded.

    ``ending`` is how the name of the change ends, such as "_deleted"."""
    about = (AuditEntry.subject_type == subject_type, AuditEntry.subject_id == str(subject_id))
    changes = select(AuditEntry).where(*about, AuditEntry.action.endswith(ending, autoescape=True))
    last = db.session.scalar(changes.order_by(AuditEntry.id.desc()).limit(1))
    return {"who": last.actor_name, "when": last.at} if last else {}


def list_actions(member: Actor) -> list[str]:
    """The actions that occur, for the filter. Raises Forbidden without ``audit.read``.

    It jumps through the index from one action to the next, so that a long log costs nothing more."""
    require(member, "audit.read")
    found = select(func.min(AuditEntry.action).label("action")).cte("found", recursive=True)
    following = select(func.min(AuditEntry.action)).where(AuditEntry.action > found.c.action).scalar_subquery()
    found = found.union_all(select(following).where(found.c.action.is_not(None)))
    return [action for action in db.session.scalars(select(found.c.action)) if action]
