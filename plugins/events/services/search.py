"""What the search may know: a document for each event, section, pitch and attachment, with its readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, starmap
from typing import Any

from plugins.events.models import Event, Pitch, Section
from plugins.events.services import queries
from plugins.events.services.addresses import (
    address_of_event,
    address_of_file,
    address_of_photos,
    address_of_pitch,
    address_of_section,
)
from portal.sdk.access import Actor, system
from portal.sdk.contributions import SearchDocument
from portal.sdk.files import Attachment
from portal.sdk.web import plain_text

INTERNAL = "-internal"
Keys = set[tuple[str, str]]


def stream_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Every document changed at or after ``since`` (all for None), read in batches."""
    return chain(
        _events(since),
        map(_document_of_section, queries.stream_sections(system(), since)),
        map(_document_of_pitch, queries.stream_pitches(system(), since)),
        starmap(_document_of_file, queries.stream_files(system(), since)),
    )


def find_readable(member: Actor, keys: list[tuple[str, str]]) -> Keys:
    """Which of these (type, id) the member may read now; one statement for each type asked for."""
    asked: dict[str, list[str]] = {}
    for kind, key in keys:
        asked.setdefault(kind, []).append(key)
    return {(kind, key) for kind, ids in asked.items() if kind in _READABLE for key in _READABLE[kind](member, ids)}


def _events(since: datetime | None) -> Iterator[SearchDocument]:
    for event in queries.stream_events(system(), since):
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


def _document_of_section(section: Section) -> SearchDocument:
    texts = (section.subtitle, section.goals, section.text, section.questions, section.speakers)
    return SearchDocument(
        type="events.section",
        id=str(section.id),
        title=section.title,
        body=_body(*texts, *(result.text for result in section.results)),
        url=address_of_section(section.event.slug, section.id),
        readers=frozenset(section.audience),
        changed_at=max(section.changed_at, section.event.changed_at),
        path=section.event.title,
        **_common(section.event),
    )


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


def _document_of_file(file: Attachment, event: Event, section: Section | None) -> SearchDocument:
    parents = (event.changed_at, section.changed_at if section else event.changed_at)
    words = (file.caption, file.alt_text, file.file_name, " ".join(file.pages))
    return SearchDocument(
        type="events.attachment",
        id=str(file.id),
        title=file.title,
        body="\n\n".join(word for word in words if word),
        url=address_of_photos(event.slug) if file.kind == "photo" else address_of_file(event.slug, file.id),
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
    return "\n\n".join(plain_text(text) for text in texts if text)


def _readable_events(member: Actor, ids: list[str]) -> set[str]:
    pages = _numbers(one for one in ids if not one.endswith(INTERNAL))
    inner = _numbers(one.removesuffix(INTERNAL) for one in ids if one.endswith(INTERNAL))
    found = list(queries.find_readable_events(member, pages, inner))
    return {str(key) for key, page, _ in found if page} | {f"{key}{INTERNAL}" for key, _, inside in found if inside}


def _readable_of(model: Any) -> Any:
    def find(member: Actor, ids: list[str]) -> set[str]:
        return {str(key) for key in queries.find_readable_rows(member, model, _numbers(ids))}

    return find


def _numbers(ids: Any) -> list[int]:
    return [int(one) for one in ids if one.isdigit()]


_READABLE: dict[str, Any] = {
    "events.event": _readable_events,
    "events.section": _readable_of(Section),
    "events.pitch": _readable_of(Pitch),
    "events.attachment": _readable_of(Attachment),
}
