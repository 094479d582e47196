"""Saving what several people edit: versions are checked, each save is a revision, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from plugins.events.models import Event, Pitch, Result, Section
from portal.sdk.access import Actor
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Conflict
from portal.sdk.hooks import announce_saved
from portal.sdk.revisions import check_version, delete_revisions, find_latest, record_revision

Edited = Event | Section | Pitch | Result

TYPES: dict[type[Any], str] = {
    Event: "events.event",
    Section: "events.section",
    Pitch: "events.pitch",
    Result: "events.result",
}
FIELDS: dict[type[Any], tuple[str, ...]] = {
    Event: (
        *("title", "motto", "series", "edition", "starts_at", "ends_at", "timezone", "place", "address", "town"),
        *("host", "funder", "parallel_title", "parallel_url", "teaser", "lookback", "internal", "people"),
        *("initiative_people", "initiatives", "networks", "audience_choice", "language"),
    ),
    Section: (
        *("kind", "title", "subtitle", "starts", "ends", "room", "goals", "text", "questions", "speakers"),
        "audience_choice",
    ),
    Pitch: ("title", "challenge", "solution", "measure", "organisation_id", "presenter_id"),
    Result: ("kind", "text", "author_id"),
}


def snapshot_of(row: Edited) -> dict[str, Any]:
    """The row's fields as plain values, for a revision or a comparison."""
    return {name: _plain(getattr(row, name)) for name in FIELDS[type(row)]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, datetime | time) else value


def check_unchanged(row: Edited, expected: int) -> None:
    """Raises Conflict, with the saved texts, their author and time, if the row is newer than version ``expected``."""
    if expected != row.version:
        latest = find_latest(TYPES[type(row)], row.id)
        check_version(
            expected,
            row.version,
            saved=snapshot_of(row),
            version=row.version,
            who=latest.author.name if latest and latest.author else "",
            when=latest.created_at if latest else row.changed_at,
        )


def assign(row: Edited, values: Mapping[str, Any]) -> None:
    """Set the row's fields from ``values``; other names are left alone."""
    for name in FIELDS[type(row)]:
        if name in values:
            setattr(row, name, values[name])
    row.changed_at = utcnow()


def forget_versions(row: Edited) -> None:
    """Delete the versions of a row that is about to go, and of what goes with it."""
    sections = select(Section.id).where(Section.event_id == row.id) if isinstance(row, Event) else None
    if isinstance(row, Section):
        sections = select(Section.id).where(Section.id == row.id)
    if sections is not None:
        for model in (Pitch, Result):
            delete_revisions(TYPES[model], session.scalars(select(model.id).where(model.section_id.in_(sections))))
        delete_revisions(TYPES[Section], session.scalars(sections))
    if not isinstance(row, Section):
        delete_revisions(TYPES[type(row)], [row.id])


def save(member: Actor, row: Edited, comment: str = "") -> None:
    """Flush the row, keep a revision and tell the others. Raises Conflict if somebody was quicker by a hair."""
    try:
        session.flush()
    except StaleDataError as error:
        session.rollback()
        raise Conflict("Somebody else changed this meanwhile.") from error
    record_revision(member, TYPES[type(row)], row.id, snapshot_of(row), comment)
    announce_saved(member, TYPES[type(row)], row.id)
