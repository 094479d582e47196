"""Who may read what: choices of the editorial office become principals on every row, in one place."""

from __future__ import annotations

from sqlalchemy import select, update

from plugins.events.models import SECTION_AUDIENCES, Event, Pitch, Result, Section
from plugins.events.permissions import EDIT
from plugins.events.services.attachments import (
    set_audience_of_event_files,
    set_audience_of_file,
    set_audience_of_section_files,
)
from plugins.events.services.holding import hold_event
from portal.sdk.database import session

TEAM = f"permission:{EDIT}"
_WIDTH = {"public": 3, "member": 2, "participants": 1, "team": 0}


def participant_principal(event_id: int) -> str:
    """What those carry who took part in the event."""
    return f"events:{event_id}:participant"


def principals_of(event_id: int, choice: str) -> list[str]:
    """The principals behind a choice of :data:`plugins.events.models.AUDIENCES`."""
    return {
        "public": ["public"],
        "member": ["member"],
        "participants": [participant_principal(event_id), TEAM],
        "team": [TEAM],
    }[choice]


def choice_of_section(event_choice: str, section_choice: str) -> str:
    """The choice in force for a section: never wider than the event's page, and internal unless said otherwise."""
    wanted = "member" if section_choice == "inherit" else section_choice
    return min(event_choice, wanted, key=_WIDTH.__getitem__)


def refresh_audiences(event: Event) -> None:
    """Write the audiences in force on the event and everything below it; a draft is the team's alone."""
    hold_event(event)
    event.audience = _in_force(event, event.audience_choice)
    event.internal_audience = _in_force(event, choice_of_section(event.audience_choice, "inherit"))
    session.flush()
    set_audience_of_event_files(event.id, event.internal_audience)
    for choice in SECTION_AUDIENCES:
        _refresh_sections(event, choice)
    # The last word: the picture at the head of a page is for whoever may see the page, wherever it was taken.
    if event.cover_id is not None:
        set_audience_of_file(event.cover_id, event.audience)


def _in_force(event: Event, choice: str) -> list[str]:
    return principals_of(event.id, choice if event.is_published else "team")


def _refresh_sections(event: Event, choice: str) -> None:
    audience = _in_force(event, choice_of_section(event.audience_choice, choice))
    chosen = (Section.event_id == event.id, Section.audience_choice == choice)
    sections = select(Section.id).where(*chosen)
    session.execute(update(Section).where(*chosen).values(audience=audience))
    session.execute(update(Pitch).where(Pitch.section_id.in_(sections)).values(audience=audience))
    session.execute(update(Result).where(Result.section_id.in_(sections)).values(audience=audience))
    set_audience_of_section_files(sections, audience)
