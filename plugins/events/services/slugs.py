"""Addresses made of titles; old ones keep leading to the event."""

from __future__ import annotations

from itertools import count

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from plugins.events.models import Event, SlugRedirect
from plugins.events.services import queries
from portal.sdk.database import session
from portal.sdk.errors import Conflict
from portal.sdk.web import slug_of

RESERVED = frozenset({"new", "static", "calendar", "series", "pitches"})
LONGEST = 100
TRIES = 3


def give_slug(event: Event) -> None:
    """Give the event the address that fits its title and flush it; the one it had before becomes a redirect.

    Raises Conflict if others take each address that is tried in the same moment."""
    for _ in range(TRIES):
        try:
            with session.begin_nested():
                _write_slug(event)
            return
        except IntegrityError:  # taken by somebody whose unit of work ended just now: it is seen in the next round
            continue
    raise Conflict("Somebody else saved the same at the same moment.")


def _write_slug(event: Event) -> None:
    slug, old = _free_slug(event), event.slug
    if slug != old:
        session.execute(delete(SlugRedirect).where(SlugRedirect.slug == slug, SlugRedirect.event_id == event.id))
        if old and event.id is not None:
            session.add(SlugRedirect(slug=old, event_id=event.id))
        event.slug = slug
    session.add(event)
    session.flush()


def _free_slug(event: Event) -> str:
    wanted = slug_of(event.title, LONGEST) or "event"
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.is_slug_taken(slug, event.id))
