"""Reading events: each function takes the acting member and gives only what they may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload, load_only

from plugins.events.models import Event, SlugRedirect
from portal.sdk.access import Actor, Rule, prepared
from portal.sdk.database import session, utcnow
from portal.sdk.errors import NotFound
from portal.sdk.files import Attachment
from portal.sdk.web import Page, page_of

PAGE_SIZE = 12
UPCOMING_MOST = 24
YEARS_BACK = 20
PICTURE = (Attachment.key, Attachment.media_type, Attachment.thumbnail_state)
CARD = (
    *(Event.slug, Event.title, Event.motto, Event.teaser, Event.series, Event.edition, Event.state, Event.timezone),
    *(Event.starts_at, Event.ends_at, Event.place, Event.town, Event.published_at),
)


def get_event(member: Actor, slug: str) -> Event:
    """The event at this address, if the member may see it. Raises NotFound."""
    event = session.scalars(*_at_address(member, slug=slug)).unique().one_or_none()
    if event is None:
        raise NotFound
    return event


def find_moved_event(member: Actor, slug: str) -> Event | None:
    """The event that once had this address, if the member may see it."""
    return session.scalars(*_moved(member, slug=slug)).unique().one_or_none()


def list_upcoming(member: Actor, limit: int = UPCOMING_MOST) -> list[Event]:
    """The next events, soonest first, running ones included."""
    return list(session.scalars(*_upcoming(member, now=utcnow(), most=limit)))


def list_past(member: Actor, year: int | None = None, before: str = "", size: int = PAGE_SIZE) -> Page[Event]:
    """Events that are over, newest first; ``before`` is the ``next_key`` of the page before."""
    query, asked = _past(member, now=utcnow(), most=size + 1)
    if year:
        query = query.where(Event.starts_at >= _begin_of(year), Event.starts_at < _begin_of(year + 1))
    if key := _read_key(before):
        moment, event_id = key
        query = query.where(or_(Event.starts_at < moment, and_(Event.starts_at == moment, Event.id < event_id)))
    return page_of(list(session.scalars(query, asked)), size, _key_of)


def list_years(member: Actor) -> list[int]:
    """The years, newest first, that have a past event for the member; looks :data:`YEARS_BACK` years back."""
    now = utcnow()
    years = range(now.year, now.year - YEARS_BACK, -1)
    begins = {f"begin_{number}": _begin_of(year) for number, year in enumerate(years)}
    ends = {f"end_{number}": min(_begin_of(year + 1), now) for number, year in enumerate(years)}
    row = session.execute(*_years(member, **begins, **ends)).one()
    return [year for year, has_events in zip(years, row, strict=True) if has_events]


def list_documented(member: Actor, limit: int = 4) -> list[Event]:
    """Reports of past events, the newest published first."""
    return list(session.scalars(*_documented(member, now=utcnow(), most=limit)))


@prepared
def _at_address(visible: Rule) -> Select[Any]:
    return _whole(visible).where(Event.slug == bindparam("slug"))


@prepared
def _moved(visible: Rule) -> Select[Any]:
    moved = select(SlugRedirect.event_id).where(SlugRedirect.slug == bindparam("slug")).scalar_subquery()
    return _whole(visible).where(Event.id == moved)


@prepared
def _upcoming(visible: Rule) -> Select[Any]:
    coming = _listed(visible).where(or_(Event.starts_at >= bindparam("now"), Event.ends_at >= bindparam("now")))
    return coming.order_by(Event.starts_at, Event.id)


@prepared
def _past(visible: Rule) -> Select[Any]:
    is_over = or_(Event.ends_at.is_(None), Event.ends_at < bindparam("now"))
    past = _listed(visible).where(Event.starts_at < bindparam("now"), is_over)
    return past.order_by(Event.starts_at.desc(), Event.id.desc())


@prepared
def _documented(visible: Rule) -> Select[Any]:
    held = _listed(visible).where(Event.starts_at < bindparam("now"), Event.lookback != "")
    return held.where(Event.state == "published").order_by(Event.published_at.desc(), Event.id.desc())


@prepared
def _years(visible: Rule) -> Select[Any]:
    seen = select(Event.id).where(visible(Event.audience))
    spans = [(bindparam(f"begin_{number}"), bindparam(f"end_{number}")) for number in range(YEARS_BACK)]
    has_some: Any = select(*(seen.where(Event.starts_at >= one, Event.starts_at < end).exists() for one, end in spans))
    return has_some


def _whole(visible: Rule) -> Select[Any]:
    shown = select(Event).where(visible(Event.audience))
    return shown.options(joinedload(Event.topics), joinedload(Event.cover))


def _listed(visible: Rule) -> Select[Any]:
    """What lists and cards show; ``most`` is how many."""
    shown = load_only(*CARD, raiseload=True)
    cover = joinedload(Event.cover).load_only(*PICTURE, raiseload=True)
    return select(Event).where(visible(Event.audience)).options(shown, cover).limit(bindparam("most"))


def _begin_of(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _key_of(event: Event) -> str:
    return f"{event.starts_at:%Y%m%dT%H%M%S%f}-{event.id}"


def _read_key(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(number)
    except ValueError:
        return None
