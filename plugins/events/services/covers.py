"""The picture at the head of an event."""

from __future__ import annotations

from plugins.events.services import queries
from plugins.events.services.audiences import refresh_audiences
from plugins.events.services.holding import hold_event
from portal.sdk.access import Actor
from portal.sdk.database import session
from portal.sdk.errors import Invalid


def choose_cover(member: Actor, event_id: int, attachment_id: int) -> None:
    """Put the photo at the event's head; whoever sees the event then sees it. Raises Forbidden, Invalid, NotFound."""
    event = hold_event(member, event_id)
    file = queries.get_file_to_edit(member, event_id, attachment_id)
    if file.kind != "photo":
        raise Invalid("Only a photo can be the cover.")
    if not file.alt_text:
        raise Invalid("Please describe the photo before it becomes the cover.")
    event.cover_id = file.id
    session.flush()
    session.refresh(event, ["cover"])
    refresh_audiences(member, event)
