"""What the search may know: a document for each event, section, pitch and attachment, with its readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from plugins.events.models import Event, Pitch, Section
from plugins.events.services.addresses import (
    address_of_event,
    address_of_file,
    address_of_pitch,
    address_of_section,
)
from plugins.events.services.attachments import EVENT, SECTION
from portal.sdk.access import Actor, visible_to
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session
from portal.sdk.files import Attachment
from portal.sdk.web import plain_text

BATCH = 200
INTERNAL = "-internal"
Keys = set[tuple[str, str]]


def stream_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Every document changed at or after ``since`` (all for None), read in batches."""
    return chain(_events(since), _sections(since), _pitches(since), _files(since))


def find_readable(member: Actor, keys: list[tuple[str, str]]) -> Keys:
    """Which of these (type, id) the member may read now; one statement for each type asked for."""
    asked: dict[str, list[str]] = {}
    for kind, key in keys:
        asked.setdefault(kind, []).append(key)
    return {(kind, key) for kind, ids in asked.items() if kind in _READABLE for key in _READABLE[kind](member, ids)}


def _events(since: datetime | None) -> Iterator[SearchDocument]:
    query = select(Event).options(selectinload(Event.topics)).order_by(Event.id)
    if since is not None:
        query = query.where(Event.changed_at >= since)
    for event in _batches(query):
        yield _document_of_event(event, "", event.audience, [event.teaser, event.lookback, *_facts(event)])
        if event.internal.strip():
            yield _document_of_event(event, INTERNAL, event.internal_audience, [event.internal])


def _document_of_event(event: Event, suffix: str, readers: list[str], texts: list[str]) -> SearchDocument:
    return SearchDocument(
        type="events.event",
        id=f"{event.id}{suffix}",
        title=event.title,
        body=_body(event.motto, *texts),
        url=address_of_event(event.slug),
        readers=frozenset(readers),
        changed_at=event.changed_at,
        **_common(event),
    )


def _facts(event: Event) -> list[str]:
    return [event.series, event.place, event.town, event.host, event.funder, event.parallel_title]


def _sections(since: datetime | None) -> Iterator[SearchDocument]:
    loaded = joinedload(Section.event)
    query = select(Section).join(Event, Event.id == Section.event_id).order_by(Section.id)
    query = query.options(loaded.selectinload(Event.topics), selectinload(Section.results))
    if since is not None:
        query = query.where(or_(Section.changed_at >= since, Event.changed_at >= since))
    for section in _batches(query):
        yield SearchDocument(
            type="events.section",
            id=str(section.id),
            title=section.title,
            body=_body(
                section.subtitle,
                section.goals,
                section.text,
                section.questions,
                section.speakers,
                *(result.text for result in section.results),
            ),
            url=address_of_section(section.event.slug, section.id),
            readers=frozenset(section.audience),
            changed_at=max(section.changed_at, section.event.changed_at),
            path=section.event.title,
            **_common(section.event),
        )


def _pitches(since: datetime | None) -> Iterator[SearchDocument]:
    loaded = joinedload(Pitch.section).joinedload(Section.event)
    query = select(Pitch).join(Section, Section.id == Pitch.section_id).join(Event, Event.id == Section.event_id)
    query = query.options(
        loaded, joinedload(Pitch.organisation), joinedload(Pitch.presenter), selectinload(Pitch.topics)
    )
    if since is not None:
        query = query.where(or_(Pitch.changed_at >= since, Section.changed_at >= since, Event.changed_at >= since))
    for pitch in _batches(query.order_by(Pitch.id)):
        yield _document_of_pitch(pitch)


def _document_of_pitch(pitch: Pitch) -> SearchDocument:
    section, event = pitch.section, pitch.section.event
    by = [pitch.organisation.name if pitch.organisation else "", pitch.presenter.name if pitch.presenter else ""]
    common = _common(event)
    common["topics"] = tuple(topic.title for topic in pitch.topics) or common["topics"]
    if pitch.organisation:
        common["facets"] = {**common["facets"], "organisation": (pitch.organisation.name,)}
    return SearchDocument(
        type="events.pitch",
        id=str(pitch.id),
        title=pitch.title,
        body=_body(pitch.challenge, pitch.solution, pitch.measure, *by),
        url=address_of_pitch(event.slug, pitch.id),
        readers=frozenset(pitch.audience),
        changed_at=max(pitch.changed_at, section.changed_at, event.changed_at),
        path=f"{event.title} › {section.title}",
        **common,
    )


def _files(since: datetime | None) -> Iterator[SearchDocument]:
    of_event = select(Attachment, Event).join(Event, Event.id == Attachment.subject_id)
    of_event = of_event.where(Attachment.subject_type == EVENT)
    of_section = select(Attachment, Event, Section).join(Section, Section.id == Attachment.subject_id)
    of_section = of_section.join(Event, Event.id == Section.event_id).where(Attachment.subject_type == SECTION)
    if since is not None:
        of_event = of_event.where(or_(Attachment.changed_at >= since, Event.changed_at >= since))
        of_section = of_section.where(
            or_(Attachment.changed_at >= since, Section.changed_at >= since, Event.changed_at >= since)
        )
    for query in (of_event, of_section):
        text = (undefer(Attachment.text), selectinload(Event.topics))
        found = session.execute(query.options(*text).order_by(Attachment.id).execution_options(yield_per=BATCH))
        for row in found:
            yield _document_of_file(row[0], row[1], row[2] if len(row) > 2 else None)


def _document_of_file(file: Attachment, event: Event, section: Section | None) -> SearchDocument:
    parents = (event.changed_at, section.changed_at if section else event.changed_at)
    words = (file.caption, file.alt_text, file.file_name, " ".join(file.pages))
    return SearchDocument(
        type="events.attachment",
        id=str(file.id),
        title=file.title,
        body="\n".join(word for word in words if word),
        url=address_of_file(event.slug, file.id),
        readers=frozenset(file.audience),
        changed_at=max(file.changed_at, *parents),
        path=f"{event.title} › {section.title}" if section else event.title,
        **_common(event),
    )


def _common(event: Event) -> dict[str, Any]:
    return {
        "language": event.language,
        "topics": tuple(topic.title for topic in event.topics),
        "facets": {"year": (str(event.starts_at.year),)},
        "date": event.starts_at,
    }


def _body(*texts: str) -> str:
    return "\n".join(plain_text(text) for text in texts if text)


def _batches(query: Select[Any]) -> Iterator[Any]:
    return iter(session.scalars(query.execution_options(yield_per=BATCH)))


def _readable_events(member: Actor, ids: list[str]) -> set[str]:
    plain = _numbers(one for one in ids if not one.endswith(INTERNAL))
    internal = _numbers(one.removesuffix(INTERNAL) for one in ids if one.endswith(INTERNAL))
    page = and_(Event.id.in_(plain), visible_to(Event.audience, member))
    inner = and_(Event.id.in_(internal), visible_to(Event.internal_audience, member))
    rows = session.execute(select(Event.id, page.label("page"), inner.label("inner")).where(or_(page, inner)))
    found = {row.id: row for row in rows}
    return {str(key) for key, row in found.items() if row.page} | {
        f"{key}{INTERNAL}" for key, row in found.items() if row.inner
    }


def _readable_of(model: Any) -> Any:
    def find(member: Actor, ids: list[str]) -> set[str]:
        query = select(model.id).where(model.id.in_(_numbers(ids)), visible_to(model.audience, member))
        return {str(key) for key in session.scalars(query)}

    return find


def _numbers(ids: Any) -> list[int]:
    return [int(one) for one in ids if one.isdigit()]


_READABLE: dict[str, Any] = {
    "events.event": _readable_events,
    "events.section": _readable_of(Section),
    "events.pitch": _readable_of(Pitch),
    "events.attachment": _readable_of(Attachment),
}
