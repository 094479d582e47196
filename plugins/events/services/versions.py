"""Earlier versions of events, sections and pitches: read, compared, restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from plugins.events.models import Event, Pitch, Section
from plugins.events.permissions import EDIT
from plugins.events.services import queries
from plugins.events.services.events import update_event
from plugins.events.services.holding import event_of
from plugins.events.services.pitches import update_pitch
from plugins.events.services.saving import FIELDS, TYPES
from plugins.events.services.sections import update_section
from plugins.events.words import KINDS, LANGUAGE_TITLES, SECTION_AUDIENCE_CHOICES
from portal.sdk.access import Actor, require
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from portal.sdk.network import Member, Organisation
from portal.sdk.revisions import FieldChange, Revision, compare, get_revision, list_revisions

Versioned = Event | Section | Pitch

_FINDERS: dict[str, Callable[[Actor, int], Versioned]] = {
    "event": queries.get_event_to_edit,
    "section": queries.get_section_to_edit,
    "pitch": queries.get_pitch_to_edit,
}
_UPDATERS: dict[str, Callable[..., Versioned]] = {
    "event": update_event,
    "section": update_section,
    "pitch": update_pitch,
}
_NAMED: dict[str, Any] = {"organisation_id": Organisation, "presenter_id": Member}
_WORDS: dict[str, dict[str, Any]] = {
    "kind": {name: kind.title for name, kind in KINDS.items()},
    "audience_choice": dict(SECTION_AUDIENCE_CHOICES),
    "language": LANGUAGE_TITLES,
}
_MOMENTS, _TIMES = ("starts_at", "ends_at"), ("starts", "ends")


@dataclass(frozen=True)
class Comparison:
    """Two versions of a thing and where they differ."""

    older: Revision
    newer: Revision
    changes: list[FieldChange]


def get_versioned(member: Actor, event_id: int, kind: str, row_id: int) -> Versioned:
    """The event, section or pitch whose versions are asked for. Raises Forbidden, NotFound."""
    if kind not in _FINDERS:
        raise NotFound
    row = _FINDERS[kind](member, row_id)
    if event_of(row).id != event_id:
        raise NotFound
    return row


def list_versions(member: Actor, row: Versioned, before: int | None = None) -> tuple[list[Revision], int | None]:
    """A page of the row's versions, newest first, and the number to go on before. Raises Forbidden."""
    require(member, EDIT)
    return list_revisions(TYPES[type(row)], row.id, before)


def compare_versions(member: Actor, row: Versioned, older: int, newer: int) -> Comparison:
    """Where two versions differ, word by word. Raises Forbidden, NotFound."""
    require(member, EDIT)
    first, second = (get_revision(TYPES[type(row)], row.id, number) for number in sorted((older, newer)))
    return Comparison(first, second, compare(_spoken(first.data), _spoken(second.data)))


def restore_version(member: Actor, kind: str, row: Versioned, version: int, number: int, comment: str) -> Versioned:
    """Bring back the texts of revision ``number`` as a new one; who may read them stays as it is now.

    ``version`` is the row's when the editor looked at the list. Raises Conflict, Forbidden, Invalid, NotFound."""
    require(member, EDIT)
    data = get_revision(TYPES[type(row)], row.id, number).data
    wanted = [name for name in FIELDS[type(row)] if name in data and name != "audience_choice"]
    values = {name: _value(name, data[name]) for name in wanted}
    return _UPDATERS[kind](member, row.id, version, values, comment=comment)


def _spoken(data: dict[str, Any]) -> dict[str, Any]:
    """The snapshot with words and names where it has codes and numbers, for people who compare."""
    return {name: _spoken_value(name, value) for name, value in data.items()}


def _spoken_value(name: str, value: Any) -> Any:
    if name in _NAMED and value is not None:
        row = session.get(_NAMED[name], value)
        return row.name if row else ""
    return str(_WORDS[name].get(str(value), value)) if name in _WORDS else value


def _value(name: str, plain: Any) -> Any:
    if plain is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(plain)
    return time.fromisoformat(plain) if name in _TIMES else plain
