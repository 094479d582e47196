"""What is below an event, as readers see it: sections, pitches, results."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from plugins.events.models import Event, Pitch, Result, Section
from portal.sdk.access import Actor, visible_to
from portal.sdk.database import session
from portal.sdk.errors import NotFound


def list_sections(member: Actor, event: Event) -> list[Section]:
    """The sections that the member may read, in order, with their pitches: one statement."""
    pitches = joinedload(Section.pitches)
    query = (
        select(Section)
        .where(Section.event_id == event.id, visible_to(Section.audience, member))
        .options(pitches.joinedload(Pitch.organisation), pitches.joinedload(Pitch.presenter))
        .order_by(Section.position, Section.id)
    )
    return list(session.scalars(query).unique())


def list_results(member: Actor, event: Event) -> dict[int, list[Result]]:
    """What the member may read of the event's results, by section: one statement."""
    query = (
        select(Result)
        .join(Section, Section.id == Result.section_id)
        .where(Section.event_id == event.id, visible_to(Result.audience, member))
        .options(joinedload(Result.author))
        .order_by(Result.position, Result.id)
    )
    found: dict[int, list[Result]] = defaultdict(list)
    for result in session.scalars(query):
        found[result.section_id].append(result)
    return found


def get_pitch(member: Actor, slug: str, pitch_id: int) -> Pitch:
    """The pitch with its section, event and topics, if the member may read all of them. Raises NotFound."""
    query = (
        _pitches(member)
        .where(Pitch.id == pitch_id, Event.slug == slug)
        .options(joinedload(Pitch.presenter), joinedload(Pitch.organisation), joinedload(Pitch.topics))
    )
    pitch = session.scalars(query).unique().one_or_none()
    if pitch is None:
        raise NotFound
    return pitch


def list_pitches_of_section(member: Actor, section_id: int) -> list[Pitch]:
    """The section's pitches that the member may read, in order."""
    query = _pitches(member).where(Pitch.section_id == section_id).options(joinedload(Pitch.organisation))
    return list(session.scalars(query.order_by(Pitch.position, Pitch.id)))


def list_pitches_of_organisation(member: Actor, organisation_id: int, limit: int = 20) -> list[Pitch]:
    """The organisation's pitches that the member may read, newest event first, with their events."""
    query = _pitches(member).where(Pitch.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(Event.starts_at.desc(), Pitch.id).limit(limit)))


def _pitches(member: Actor) -> Select[Pitch]:
    """With section and event, where all three are for the member."""
    return (
        select(Pitch)
        .join(Section, Section.id == Pitch.section_id)
        .join(Event, Event.id == Section.event_id)
        .where(
            visible_to(Pitch.audience, member),
            visible_to(Section.audience, member),
            visible_to(Event.audience, member),
        )
        .options(joinedload(Pitch.section).joinedload(Section.event))
    )
