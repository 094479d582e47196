"""Addresses made of titles; old ones keep leading to the event."""

from __future__ import annotations

from itertools import count

from slugify import slugify
from sqlalchemy import delete, select

from plugins.events.models import Event, SlugRedirect
from portal.sdk.database import session

RESERVED = frozenset({"new", "static", "calendar", "series", "pitches"})
LONGEST = 100
_GERMAN = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")]


def give_slug(event: Event) -> None:
    """Give the event the address that fits its title; the one it had before becomes a redirect."""
    slug = _free_slug(event)
    if slug == event.slug:
        return
    session.execute(delete(SlugRedirect).where(SlugRedirect.slug == slug, SlugRedirect.event_id == event.id))
    if event.slug and event.id is not None:
        session.add(SlugRedirect(slug=event.slug, event_id=event.id))
    event.slug = slug


def _free_slug(event: Event) -> str:
    wanted = slugify(event.title, max_length=LONGEST, word_boundary=True, replacements=_GERMAN) or "event"
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in RESERVED and not _is_taken(slug, event.id))


def _is_taken(slug: str, own_id: int | None) -> bool:
    with session.no_autoflush:
        of_event = select(Event.id).where(Event.slug == slug, Event.id != (own_id or 0))
        of_redirect = select(SlugRedirect.event_id).where(
            SlugRedirect.slug == slug, SlugRedirect.event_id != (own_id or 0)
        )
        return session.scalar(of_event.union(of_redirect).limit(1)) is not None
