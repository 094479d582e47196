"""Reading the audit log, newest first, at the same cost however long it is."""

from __future__ import annotations

from dataclasses import dataclass

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


def list_actions(member: Actor) -> list[str]:
    """The actions that occur, for the filter. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    return list(db.session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def list_actors(member: Actor) -> list[tuple[int, str]]:
    """Who did something, for the filter: number and present name. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    acting = select(AuditEntry.actor_id).distinct().where(AuditEntry.actor_id.is_not(None))
    rows = db.session.execute(
        select(AuditEntry.actor_id, func.max(AuditEntry.actor_name))
        .where(AuditEntry.actor_id.in_(acting))
        .group_by(AuditEntry.actor_id)
        .order_by(func.max(AuditEntry.actor_name))
        .limit(200)
    )
    return [(number, name) for number, name in rows if number is not None]
