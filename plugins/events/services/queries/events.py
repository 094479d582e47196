"""Reading events: each function takes the acting member and gives only what they may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import defer, joinedload

from plugins.events.models import Event, SlugRedirect
from portal.sdk.access import Actor, visible_to
from portal.sdk.database import session, utcnow
from portal.sdk.errors import NotFound
from portal.sdk.web import Page, page_of

PAGE_SIZE = 12
UPCOMING_MOST = 24
YEARS_BACK = 20


def get_event(member: Actor, slug: str) -> Event:
    """The event at this address, if the member may see it. Raises NotFound."""
    event = session.scalars(_events(member).where(Event.slug == slug)).unique().one_or_none()
    if event is None:
        raise NotFound
    return event


def find_moved_event(member: Actor, slug: str) -> Event | None:
    """The event that once had this address, if the member may see it."""
    moved = select(SlugRedirect.event_id).where(SlugRedirect.slug == slug).scalar_subquery()
    return session.scalars(_events(member).where(Event.id == moved)).unique().one_or_none()


def list_upcoming(member: Actor, limit: int = UPCOMING_MOST) -> list[Event]:
    """The next events, soonest first, running ones included."""
    now = utcnow()
    query = _listed(member).where(or_(Event.starts_at >= now, Event.ends_at >= now))
    return list(session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)).unique())


def list_past(member: Actor, year: int | None = None, before: str = "", size: int = PAGE_SIZE) -> Page[Event]:
    """Events that are over, newest first; ``before`` is the ``next_key`` of the page before."""
    query = _listed(member).where(Event.starts_at < utcnow(), or_(Event.ends_at.is_(None), Event.ends_at < utcnow()))
    if year:
        query = query.where(*_within(year))
    if key := _read_key(before):
        moment, event_id = key
        query = query.where(or_(Event.starts_at < moment, and_(Event.starts_at == moment, Event.id < event_id)))
    rows = session.scalars(query.order_by(Event.starts_at.desc(), Event.id.desc()).limit(size + 1))
    return page_of(list(rows), size, _key_of)


def list_years(member: Actor) -> list[int]:
    """The years, newest first, that have a past event for the member; looks :data:`YEARS_BACK` years back."""
    now = utcnow()
    years = range(now.year, now.year - YEARS_BACK, -1)
    past = select(Event.id).where(visible_to(Event.audience, member), Event.starts_at < now)
    row = session.execute(select(*(past.where(*_within(year)).exists() for year in years))).one()
    return [year for year, has_events in zip(years, row, strict=True) if has_events]


def list_documented(member: Actor, limit: int = 4) -> list[Event]:
    """Reports of past events, the newest published first."""
    query = _listed(member).where(Event.state == "published", Event.starts_at < utcnow(), Event.lookback != "")
    return list(session.scalars(query.order_by(Event.published_at.desc(), Event.id.desc()).limit(limit)))


def _events(member: Actor) -> Select[Any]:
    shown = select(Event).where(visible_to(Event.audience, member))
    return shown.options(joinedload(Event.topics), joinedload(Event.cover))


def _listed(member: Actor) -> Select[Any]:
    """Without the long texts, which lists don't show."""
    heavy = (Event.lookback, Event.internal)
    shown = select(Event).where(visible_to(Event.audience, member))
    return shown.options(joinedload(Event.cover), *(defer(column, raiseload=True) for column in heavy))


def _within(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return Event.starts_at >= first, Event.starts_at < last


def _key_of(event: Event) -> str:
    return f"{event.starts_at:%Y%m%dT%H%M%S%f}-{event.id}"


def _read_key(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(number)
    except ValueError:
        return None
