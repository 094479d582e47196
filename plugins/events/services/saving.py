"""Saving what several people edit: versions are checked, each save is a revision, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from plugins.events.models import EVENT, SECTION, Event, Participation, Pitch, Result, Section
from plugins.events.services import queries
from portal.sdk.access import Actor
from portal.sdk.database import session, utcnow
from portal.sdk.hooks import announce_saved
from portal.sdk.revisions import check_version, delete_revisions, find_latest, record_revision

Edited = Event | Section | Pitch | Result
Versioned = Edited | Participation

TYPES: dict[type[Any], str] = {
    Event: EVENT,
    Section: SECTION,
    Pitch: "events.pitch",
    Result: "events.result",
    Participation: "events.participation",
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
    Participation: ("organisation_id", "role", "is_listed"),
}


def snapshot_of(row: Versioned) -> dict[str, Any]:
    """The row's fields as plain values, for a revision or a comparison."""
    return {name: _plain(getattr(row, name)) for name in FIELDS[type(row)]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, datetime | time) else value


def check_unchanged(row: Versioned, expected: int) -> None:
    """Raises Conflict, with the saved texts, their author and time, if the row is newer than version ``expected``."""
    if expected != row.version:
        latest = find_latest(TYPES[type(row)], row.id)
        check_version(
            expected,
            row.version,
            saved=snapshot_of(row),
            version=row.version,
            who=latest.author.name if latest and latest.author else "",
            when=latest.created_at if latest else None,
        )


def assign(row: Edited, values: Mapping[str, Any]) -> None:
    """Set the row's fields from ``values``; other names are left alone."""
    for name in FIELDS[type(row)]:
        if name in values:
            setattr(row, name, values[name])
    row.changed_at = utcnow()


def forget_sections(member: Actor, section_ids: list[int]) -> None:
    """Delete the versions of sections that are about to go, and of their pitches and results. Raises Forbidden."""
    for model in (Pitch, Result):
        forget_versions(model, queries.list_part_ids(member, model, section_ids))
    forget_versions(Section, section_ids)


def forget_versions(model: type[Edited], ids: Iterable[int]) -> None:
    """Delete the versions of rows that are about to go."""
    delete_revisions(TYPES[model], ids)


def save(member: Actor, row: Edited, comment: str = "") -> None:
    """Flush the row, keep a revision and tell the others. The caller holds the row's event."""
    session.flush()
    record_revision(member, TYPES[type(row)], row.id, snapshot_of(row), comment)
    announce_saved(member, TYPES[type(row)], row.id)
