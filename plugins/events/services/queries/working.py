"""Reading for those who edit: whole rows, whatever their audience, for whoever may document events."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select

from plugins.events.models import Event, Pitch, Result, Section, SlugRedirect
from plugins.events.permissions import EDIT
from portal.sdk.access import Actor, require
from portal.sdk.database import session
from portal.sdk.errors import NotFound

Row = TypeVar("Row", Event, Section, Pitch, Result)


def get_event_to_edit(member: Actor, event_id: int) -> Event:
    """The event, for somebody who may edit it. Raises Forbidden, NotFound."""
    return _get(member, Event, event_id)


def get_section_to_edit(member: Actor, section_id: int) -> Section:
    """The section, for somebody who may edit it. Raises Forbidden, NotFound."""
    return _get(member, Section, section_id)


def get_pitch_to_edit(member: Actor, pitch_id: int) -> Pitch:
    """The pitch, for somebody who may edit it. Raises Forbidden, NotFound."""
    return _get(member, Pitch, pitch_id)


def get_result_to_edit(member: Actor, result_id: int) -> Result:
    """The result, for somebody who may edit it. Raises Forbidden, NotFound."""
    return _get(member, Result, result_id)


def list_all_sections(member: Actor, event_id: int) -> list[Section]:
    """Every section of the programme, for somebody who may edit it. Raises Forbidden."""
    require(member, EDIT)
    of_event = select(Section).where(Section.event_id == event_id)
    return list(session.scalars(of_event.order_by(Section.position, Section.id)))


def list_part_ids(member: Actor, model: type[Pitch] | type[Result], section_ids: list[int]) -> list[int]:
    """The ids of all pitches or results of these sections. Raises Forbidden."""
    require(member, EDIT)
    return list(session.scalars(select(model.id).where(model.section_id.in_(section_ids))))


def next_place(member: Actor, model: type[Any], **parent: int) -> int:
    """The position after the last row of ``parent``, such as ``section_id=7``. Raises Forbidden."""
    require(member, EDIT)
    last = session.scalar(select(func.max(model.position)).filter_by(**parent))
    return 0 if last is None else last + 1


def find_made(member: Actor, model: type[Row], form_key: str, **parent: int) -> Row | None:
    """The row that the same form made already when it is sent twice. Raises Forbidden."""
    require(member, EDIT)
    return session.scalar(select(model).filter_by(form_key=form_key, **parent)) if form_key else None


def is_slug_taken(slug: str, but_id: int | None) -> bool:
    """Whether an event other than number ``but_id`` has or had this address."""
    with session.no_autoflush:
        of_event = select(Event.id).where(Event.slug == slug, Event.id != (but_id or 0))
        moved = (SlugRedirect.slug == slug, SlugRedirect.event_id != (but_id or 0))
        of_redirect = select(SlugRedirect.event_id).where(*moved)
        return session.scalar(of_event.union(of_redirect).limit(1)) is not None


def _get(member: Actor, model: type[Row], row_id: int) -> Row:
    require(member, EDIT)
    row = session.get(model, row_id)
    if row is None:
        raise NotFound
    return row
