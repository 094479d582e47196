"""Rows for the search: streamed with their readers for the index, and asked which of them a member may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload, undefer

from plugins.events.models import EVENT, SECTION, Event, Pitch, Section
from portal.sdk.access import Actor, visible_to
from portal.sdk.database import session
from portal.sdk.files import Attachment

BATCH = 200


def stream_events(member: Actor, since: datetime | None) -> Iterator[Event]:
    """Events that the member may read, changed at or after ``since``, with their topics."""
    query = select(Event).where(visible_to(Event.audience, member)).options(selectinload(Event.topics))
    return _stream(query.where(*_changed(since, Event)), Event.id)


def stream_sections(member: Actor, since: datetime | None) -> Iterator[Section]:
    """Sections that the member may read, with their events and results."""
    query = (
        select(Section)
        .join(Event, Event.id == Section.event_id)
        .where(visible_to(Section.audience, member), *_changed(since, Section, Event))
        .options(joinedload(Section.event).selectinload(Event.topics), selectinload(Section.results))
    )
    return _stream(query, Section.id)


def stream_pitches(member: Actor, since: datetime | None) -> Iterator[Pitch]:
    """Pitches that the member may read, with their sections, events, organisations, presenters and topics."""
    query = (
        select(Pitch)
        .join(Section, Section.id == Pitch.section_id)
        .join(Event, Event.id == Section.event_id)
        .where(visible_to(Pitch.audience, member), *_changed(since, Pitch, Section, Event))
        .options(joinedload(Pitch.section).joinedload(Section.event), selectinload(Pitch.topics))
        .options(joinedload(Pitch.organisation), joinedload(Pitch.presenter))
    )
    return _stream(query, Pitch.id)


def stream_files(member: Actor, since: datetime | None) -> Iterator[tuple[Attachment, Event, Section | None]]:
    """Files that the member may read with the text inside them, each with its event and, if it has one, section."""
    of_event = select(Attachment, Event).join(Event, Event.id == Attachment.subject_id)
    of_event = of_event.where(Attachment.subject_type == EVENT, *_changed(since, Attachment, Event))
    of_section = select(Attachment, Event, Section).join(Section, Section.id == Attachment.subject_id)
    of_section = of_section.join(Event, Event.id == Section.event_id)
    of_section = of_section.where(Attachment.subject_type == SECTION, *_changed(since, Attachment, Section, Event))
    for file, event in _rows(of_event, member):
        yield file, event, None
    yield from _rows(of_section, member)


def find_readable_events(member: Actor, pages: Iterable[int], inner: Iterable[int]) -> Iterator[tuple[int, bool, bool]]:
    """Of these events, those whose page or internal part the member may read: id, page, internal part."""
    page = and_(Event.id.in_(pages), visible_to(Event.audience, member))
    internal = and_(Event.id.in_(inner), visible_to(Event.internal_audience, member))
    query = select(Event.id, page.label("page"), internal.label("internal")).where(or_(page, internal))
    for row in session.execute(query):
        yield row.id, bool(row.page), bool(row.internal)


def find_readable_rows(member: Actor, model: type[Any], ids: Iterable[int]) -> Iterator[int]:
    """Of these sections, pitches or attachments, those that the member may read."""
    return iter(session.scalars(select(model.id).where(model.id.in_(ids), visible_to(model.audience, member))))


def _changed(since: datetime | None, *models: type[Any]) -> list[Any]:
    """A thing changes with what it stands in: its path and its readers do."""
    return [or_(*(model.changed_at >= since for model in models))] if since else []


def _rows(query: Any, member: Actor) -> Iterator[Any]:
    readable = query.where(visible_to(Attachment.audience, member))
    return _batches(readable.options(undefer(Attachment.text), selectinload(Event.topics)), Attachment.id)


def _stream(query: Select[Any], key: InstrumentedAttribute[int]) -> Iterator[Any]:
    return (row[0] for row in _batches(query, key))


def _batches(query: Any, key: InstrumentedAttribute[int]) -> Iterator[Row[Any]]:
    """The rows of a query by their first entity's key, a batch a statement: whoever stops reading half-way leaves
    no cursor open, and no transaction has to last as long as the reading."""
    last = 0
    while True:
        rows = session.execute(query.where(key > last).order_by(key).limit(BATCH)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1][0].id
