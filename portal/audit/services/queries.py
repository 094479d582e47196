"""Reading the audit log, newest first, at the same cost however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select

from portal.audit.models import AuditEntry
from portal.audit.services.recording import record
from portal.extensions import db
from portal.permissions.actor import Actor, require

PAGE_SIZE, BATCH = 50, 500


@dataclass(frozen=True)
class AuditFilter:
    """What to show: an action, an actor, a thing, a stretch of time (``until`` is not in it), words that occur.

    ``before`` continues a list: entries older than that id."""

    action: str = ""
    actor_id: int | None = None
    thing: tuple[str, str] = ("", "")
    since: datetime | None = None
    until: datetime | None = None
    words: Sequence[str] = field(default_factory=tuple)
    before: int | None = None


def list_entries(member: Actor, wanted: AuditFilter) -> tuple[list[AuditEntry], int | None]:
    """A page of entries and the id to continue before. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    return _page(_found(wanted), wanted.before)


def list_own_entries(member: Actor, before: int | None) -> tuple[list[AuditEntry], int | None]:
    """A page of what the acting member did and of what others did to their account; nothing for the public."""
    if member.id is None:
        return [], None
    own, account = AuditEntry.actor_id == member.id, about("member", member.id)
    older = [AuditEntry.id < before] if before else []
    # Two walks along an index each: OR over both would read everything.
    walks = [
        select(AuditEntry.id).where(one, *older).order_by(AuditEntry.id.desc()).limit(PAGE_SIZE + 1).subquery()
        for one in (own, account)
    ]
    chosen = or_(*(AuditEntry.id.in_(select(walk.c.id)) for walk in walks))
    return _page(select(AuditEntry).where(chosen), before)


def iterate_entries(member: Actor, wanted: AuditFilter) -> Iterator[AuditEntry]:
    """Every entry that is wanted, newest first, read in batches. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    return _batches(wanted)


def record_export(member: Actor) -> None:
    """Note that the log was exported. Raises Forbidden without ``audit.read``."""
    require(member, "audit.read")
    record(member, "audit.exported")


def _batches(wanted: AuditFilter) -> Iterator[AuditEntry]:
    query, before = _found(wanted), wanted.before
    while entries := list(db.session.scalars(_older(query, before).limit(BATCH))):
        before = entries[-1].id
        yield from entries
        for entry in entries:
            db.session.expunge(entry)


def about(subject_type: str, subject_id: object) -> ColumnElement[bool]:
    """The condition that an entry is about this thing."""
    return (AuditEntry.subject_type == subject_type) & (AuditEntry.subject_id == str(subject_id))


def _found(wanted: AuditFilter) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.actor_id:
        query = query.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.thing[0]:
        query = query.where(about(*wanted.thing))
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    for word in wanted.words:
        query = query.where(_mentions(word))
    return query


def _mentions(word: str) -> ColumnElement[bool]:
    """The word in who acted or in the details, which are JSON and keep letters beyond ASCII escaped."""
    written = {json.dumps(one)[1:-1] for one in (word, word.lower(), word.capitalize())}
    details = cast(AuditEntry.details, Text)
    return or_(
        AuditEntry.actor_name.icontains(word, autoescape=True),
        *(details.icontains(one, autoescape=True) for one in sorted({*written, word})),
    )


def _page(query: Select[AuditEntry], before: int | None) -> tuple[list[AuditEntry], int | None]:
    entries = list(db.session.scalars(_older(query, before).limit(PAGE_SIZE + 1)))
    return entries[:PAGE_SIZE], entries[PAGE_SIZE - 1].id if len(entries) > PAGE_SIZE else None


def _older(query: Select[AuditEntry], before: int | None) -> Select[AuditEntry]:
    query = query.order_by(AuditEntry.id.desc())
    return query.where(AuditEntry.id < before) if before else query


def find_last_change(subject_type: str, subject_id: int, ending: str = ".updated") -> dict[str, Any]:
    """``who`` changed a thing last and ``when``, for those who may edit it too; nothing when that is not recorded.

    ``ending`` is how the name of the change ends, such as "_deleted"."""
    changes = select(AuditEntry).where(about(subject_type, subject_id))
    changes = changes.where(AuditEntry.action.endswith(ending, autoescape=True))
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
