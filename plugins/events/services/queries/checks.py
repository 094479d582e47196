"""What the health of the plugin is told by."""

from __future__ import annotations

from sqlalchemy import func, select

from plugins.events.models import Event, Pitch, Result, Section
from plugins.events.permissions import EDIT
from portal.sdk.access import Actor, require
from portal.sdk.database import session


def count_states(member: Actor) -> dict[str, int]:
    """How many events are in each state. Raises Forbidden."""
    require(member, EDIT)
    rows = session.execute(select(Event.state, func.count()).group_by(Event.state))
    return {row[0]: row[1] for row in rows}


def count_open_rows(member: Actor, closed: list[str]) -> int:
    """How many drafts, or rows below drafts, have other readers than ``closed``. Raises Forbidden."""
    require(member, EDIT)
    drafts = select(Event.id).where(Event.state == "draft")
    sections = select(Section.id).where(Section.event_id.in_(drafts))
    audiences = [
        select(Event.audience).where(Event.state == "draft"),
        select(Event.internal_audience).where(Event.state == "draft"),
        select(Section.audience).where(Section.event_id.in_(drafts)),
        *(select(part.audience).where(part.section_id.in_(sections)) for part in (Pitch, Result)),
    ]
    return sum(audience != closed for query in audiences for audience in session.scalars(query))
