"""An event's page: everything that one reader may see of it, in few statements; and how others would see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plugins.events.models import SECTION, Event, Result, Section
from plugins.events.services import queries
from plugins.events.services.principals import choice_of_section, principals_of
from portal.sdk.access import Actor, anonymous
from portal.sdk.files import Attachment

VIEWPOINTS = ("public", "member")


@dataclass(frozen=True)
class Report:
    """What one reader sees of an event. Results are by section id; documents and photos in the programme's order."""

    event: Event
    internal: str
    sections: Sequence[Section]
    results: dict[int, list[Result]]
    documents: Sequence[Attachment] = ()
    photos: Sequence[Attachment] = ()

    @property
    def section_titles(self) -> dict[int, str]:
        """The titles of the sections that the reader sees."""
        return {section.id: section.title for section in self.sections}

    @property
    def pitch_count(self) -> int:
        """How many pitches the reader can read."""
        return sum(len(section.pitches) for section in self.sections)

    @cached_property
    def photo_groups(self) -> dict[int, list[Attachment]]:
        """The photos by the id of their section; those of the whole day are at 0."""
        groups: dict[int, list[Attachment]] = defaultdict(list)
        for photo in self.photos:
            groups[_owner(photo)].append(photo)
        return dict(groups)


def get_report(member: Actor, slug: str) -> Report:
    """The event at this address with all that the member may see of it. Raises NotFound."""
    event = queries.get_event(member, slug)
    sections = queries.list_sections(member, event)
    files = _ordered(queries.list_files(member, event.id), sections)
    internal = event.internal if _meets(member, event.internal_audience) else ""
    return Report(
        event=event,
        internal=internal,
        sections=sections,
        results=queries.list_results(member, event),
        documents=[one for one in files if one.kind == "document"],
        photos=[one for one in files if one.kind == "photo" and one.id != event.cover_id],
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
        documents=[one for one in report.documents if _owner(one) in kept],
        photos=[one for one in report.photos if _owner(one) in kept],
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


def _owner(file: Attachment) -> int:
    """The id of the file's section; 0 for the event itself."""
    return file.subject_id if file.subject_type == SECTION else 0


def _ordered(files: Iterable[Attachment], sections: Sequence[Section]) -> list[Attachment]:
    """As the programme goes; what belongs to the whole event comes last."""
    places = {section.id: place for place, section in enumerate(sections)}
    return sorted(files, key=lambda one: places.get(_owner(one), len(places)))
