"""Who may read what: choices of the editorial office become principals on every row, in one place."""

from __future__ import annotations

from sqlalchemy import update

from plugins.events.models import SECTION, SECTION_AUDIENCES, Event, Pitch, Result, Section
from plugins.events.services import queries
from plugins.events.services.principals import choice_of_section, principals_of
from portal.sdk.access import Actor
from portal.sdk.database import session
from portal.sdk.files import Attachment, update_audience


def refresh_audiences(member: Actor, event: Event) -> None:
    """Write the audiences in force on the event and everything below it, where they differ; a draft is the team's.

    The caller holds the event. Raises Forbidden."""
    _set(event, "audience", _in_force(event, event.audience_choice))
    _set(event, "internal_audience", _in_force(event, choice_of_section(event.audience_choice, "inherit")))
    session.flush()
    for choice in SECTION_AUDIENCES:
        _refresh_sections(event, choice)
    _refresh_files(member, event)


def audience_of_section(event: Event, choice: str) -> list[str]:
    """Who may read a section of the event with this choice, as the event is now."""
    return _in_force(event, choice_of_section(event.audience_choice, choice))


def _in_force(event: Event, choice: str) -> list[str]:
    return sorted(principals_of(event.id, choice if event.is_published else "team"))


def _set(event: Event, name: str, audience: list[str]) -> None:
    if getattr(event, name) != audience:
        setattr(event, name, audience)


def _refresh_sections(event: Event, choice: str) -> None:
    """Past the version counter: who may read a text must not make a conflict of it."""
    audience = audience_of_section(event, choice)
    chosen = (Section.event_id == event.id, Section.audience_choice == choice)
    session.execute(update(Section).where(*chosen, Section.audience != audience).values(audience=audience))
    for part in (Pitch, Result):
        below = (part.section.has((Section.event_id == event.id) & (Section.audience_choice == choice)),)
        session.execute(update(part).where(*below, part.audience != audience).values(audience=audience))


def _refresh_files(member: Actor, event: Event) -> None:
    choices = {section.id: section.audience_choice for section in queries.list_all_sections(member, event.id)}
    for file in queries.list_files_now(member, event.id):
        update_audience(member, [file], _audience_of_file(event, file, choices))


def _audience_of_file(event: Event, file: Attachment, choices: dict[int, str]) -> list[str]:
    """The picture at the head of a page is for whoever may see the page, wherever it was taken."""
    if file.id == event.cover_id:
        return event.audience
    if file.subject_type == SECTION:
        return audience_of_section(event, choices[file.subject_id])
    return event.internal_audience
