"""Telling those who take part in an event what becomes of it."""

from __future__ import annotations

from typing import Any

from plugins.events.models import Event
from plugins.events.services import queries
from plugins.events.services.addresses import address_of_event
from plugins.events.services.principals import participant_principal
from portal.sdk.access import Actor, system
from portal.sdk.database import utcnow
from portal.sdk.notices import notify

PUBLISHED, CHANGED = "events.event_published", "events.event_changed"
# What somebody who comes has to know; other changes of the page are no news to them.
TURNS_ON = ("title", "starts_at", "ends_at", "timezone", "place", "address", "town")


def facts_of(event: Event) -> dict[str, Any]:
    """What those who take part have to know of an event."""
    return {name: getattr(event, name) for name in TURNS_ON}


def tell_published(member: Actor, event: Event) -> None:
    """Tell those who take part that the event can be read now."""
    _tell(member, PUBLISHED, event)


def tell_changed(member: Actor, event: Event, before: dict[str, Any]) -> None:
    """Tell those who take part in a coming event that time, place or title is another one than ``before``."""
    is_over = (event.ends_at or event.starts_at) < utcnow()
    if event.is_published and not is_over and facts_of(event) != before:
        _tell(member, CHANGED, event)


def list_knowable(member: Actor, subjects: list[str]) -> set[str]:
    """Of these events those that the member takes part in and may read."""
    own = [int(one) for one in subjects if participant_principal(int(one)) in member.principals]
    return {str(number) for number, _page, _internal in queries.find_readable_events(member, own, ())}


def _tell(member: Actor, kind: str, event: Event) -> None:
    readers = queries.list_member_ids(system(), event.id)
    notify(member, kind, readers, event.id, address_of_event(event.slug), {"title": event.title}, once="unread")
