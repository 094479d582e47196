"""Holding an event while what lies below it is written, so that nobody publishes or withdraws it meanwhile."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import attributes

from plugins.events.models import Event, Section
from portal.sdk.database import session
from portal.sdk.errors import NotFound


def hold_event(event: Event) -> None:
    """Lock the event's row until the unit of work ends, and see its state as it is now. Raises NotFound if it is gone.

    Taken before anything below the event is written: two writers then queue up instead of blocking one another."""
    with session.no_autoflush:
        now = select(Event.state, Event.audience_choice).where(Event.id == event.id)
        row = session.execute(now.with_for_update(key_share=True)).one_or_none()
        if row is None:
            raise NotFound
        if not session.is_modified(event):  # an edit of the event itself is guarded by its version
            attributes.set_committed_value(event, "state", row.state)
            attributes.set_committed_value(event, "audience_choice", row.audience_choice)


def hold_section(section: Section) -> None:
    """Hold the section's event and see the section's audience as it is now."""
    hold_event(section.event)
    with session.no_autoflush:
        session.refresh(section, ["audience"])
