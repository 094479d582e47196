"""An event's page: everything that one reader may see of it, in few statements; and how others would see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from plugins.events.models import SECTION, Event, Result, Section
from plugins.events.services import queries
from plugins.events.services.principals import choice_of_section, principals_of
from portal.sdk.access import Actor, anonymous
from portal.sdk.files import Attachment

VIEWPOINTS = ("public", "member")


@dataclass(frozen=True)
class Report:
    """What one reader sees of an event. Results, documents and photos are by section id; 0 is the event itself."""

    event: Event
    internal: str
    sections: Sequence[Section]
    results: dict[int, list[Result]]
    documents: dict[int, list[Attachment]] = field(default_factory=dict)
    photos: dict[int, list[Attachment]] = field(default_factory=dict)

    @property
    def document_count(self) -> int:
        """How many documents the reader can take along."""
        return sum(len(group) for group in self.documents.values())

    @property
    def photo_count(self) -> int:
        """How many photos the reader can look at."""
        return sum(len(group) for group in self.photos.values())

    @property
    def pitch_count(self) -> int:
        """How many pitches the reader can read."""
        return sum(len(section.pitches) for section in self.sections)


def get_report(member: Actor, slug: str) -> Report:
    """The event at this address with all that the member may see of it. Raises NotFound."""
    event = queries.get_event(member, slug)
    files = queries.list_files(member, event.id)
    internal = event.internal if _meets(member, event.internal_audience) else ""
    return Report(
        event=event,
        internal=internal,
        sections=queries.list_sections(member, event),
        results=queries.list_results(member, event),
        documents=_by_section(one for one in files if one.kind == "document"),
        photos=_by_section(one for one in files if one.kind == "photo" and one.id != event.cover_id),
    )


def preview_report(report: Report, viewpoint: str) -> Report:
    """The report as "public" or "member" would see it once it is published."""
    reader, event = _reader(viewpoint), report.event
    shown = [one for one in report.sections if _would_see(reader, event, one.audience_choice)]
    kept = {one.id for one in shown}
    if _would_see(reader, event, "inherit"):
        kept.add(0)
    return replace(
        report,
        internal=report.internal if 0 in kept else "",
        sections=shown,
        results={key: value for key, value in report.results.items() if key in kept},
        documents={key: value for key, value in report.documents.items() if key in kept},
        photos={key: value for key, value in report.photos.items() if key in kept},
    )


def can_preview(event: Event, viewpoint: str) -> bool:
    """Whether this reader would see the event at all once it is published."""
    return _meets(_reader(viewpoint), principals_of(event.id, event.audience_choice))


def _reader(viewpoint: str) -> Actor:
    return anonymous() if viewpoint == "public" else Actor(id=0)


def _would_see(reader: Actor, event: Event, choice: str) -> bool:
    return _meets(reader, principals_of(event.id, choice_of_section(event.audience_choice, choice)))


def _meets(reader: Actor, audience: Sequence[str]) -> bool:
    return reader.is_system or not reader.principals.isdisjoint(audience)


def _by_section(files: Iterable[Attachment]) -> dict[int, list[Attachment]]:
    groups: dict[int, list[Attachment]] = defaultdict(list)
    for one in files:
        groups[one.subject_id if one.subject_type == SECTION else 0].append(one)
    return groups
