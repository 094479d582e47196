"""Holding an event while it, or what lies below it, is written: two writers queue up instead of passing one another."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.exc import InvalidRequestError

from plugins.events.models import Event, Participation, Pitch, Result, Section
from plugins.events.services import queries
from portal.sdk.access import Actor
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from portal.sdk.files import Attachment

Held = Event | Section | Pitch | Result | Participation
Row = TypeVar("Row", Event, Section, Pitch, Result, Participation)


def hold_event(member: Actor, event_id: int) -> Event:
    """The event as it is now, its row locked until the unit of work ends. Raises Forbidden, NotFound."""
    return hold(queries.get_event_to_edit(member, event_id))


def hold_section(member: Actor, section_id: int) -> Section:
    """The section as it is now, with its event held. Raises Forbidden, NotFound."""
    return hold(queries.get_section_to_edit(member, section_id))


def hold_pitch(member: Actor, pitch_id: int) -> Pitch:
    """The pitch as it is now, with its event held. Raises Forbidden, NotFound."""
    return hold(queries.get_pitch_to_edit(member, pitch_id))


def hold_result(member: Actor, result_id: int) -> Result:
    """The result as it is now, with its event held. Raises Forbidden, NotFound."""
    return hold(queries.get_result_to_edit(member, result_id))


def hold_participation(member: Actor, participation_id: int) -> Participation:
    """The participation as it is now, with its event held. Raises Forbidden, NotFound."""
    return hold(queries.get_participation_to_edit(member, participation_id))


def hold_file(member: Actor, event_id: int, attachment_id: int) -> Attachment:
    """A file of the event or of one of its sections, with the event held. Raises Forbidden, NotFound."""
    return queries.get_file_to_edit(member, hold_event(member, event_id).id, attachment_id)


def hold(row: Row) -> Row:
    """Lock the row's event and read again what may have changed while waiting. Raises NotFound if it is gone.

    Comes before anything is written: everybody then takes the locks in the same order, the event's first, and versions
    are compared with what the database holds, not with what was read before."""
    event = event_of(row)
    _read_again(event, with_for_update={"key_share": True})
    if isinstance(row, Pitch | Result):
        _read_again(row.section)
    if row is not event:
        _read_again(row)
    return row


def event_of(row: Held) -> Event:
    """The event that the row is or belongs to."""
    if isinstance(row, Event):
        return row
    return row.section.event if isinstance(row, Pitch | Result) else row.event


def _read_again(row: Held, **options: Any) -> None:
    columns = [column.key for column in inspect(type(row)).column_attrs]
    with session.no_autoflush:
        try:
            session.refresh(row, columns, **options)
        except InvalidRequestError:
            raise NotFound from None
