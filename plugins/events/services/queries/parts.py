"""What is below an event, as readers see it: sections, pitches, results."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from plugins.events.models import Event, Pitch, Result, Section
from portal.sdk.access import Actor, Rule, prepared, visible_to
from portal.sdk.database import session
from portal.sdk.errors import NotFound


def list_sections(member: Actor, event: Event) -> list[Section]:
    """The sections that the member may read, in order, with their pitches: one statement."""
    return list(session.scalars(*_sections(member, event=event.id)).unique())


def list_results(member: Actor, event: Event) -> dict[int, list[Result]]:
    """What the member may read of the event's results, by section: one statement."""
    found: dict[int, list[Result]] = defaultdict(list)
    for result in session.scalars(*_results(member, event=event.id)):
        found[result.section_id].append(result)
    return found


@prepared
def _sections(visible: Rule) -> Select[Section]:
    pitches = joinedload(Section.pitches)
    shown = select(Section).where(Section.event_id == bindparam("event"), visible(Section.audience))
    shown = shown.options(pitches.joinedload(Pitch.organisation), pitches.joinedload(Pitch.presenter))
    return shown.order_by(Section.position, Section.id)


@prepared
def _results(visible: Rule) -> Select[Result]:
    shown = select(Result).join(Section, Section.id == Result.section_id)
    shown = shown.where(Section.event_id == bindparam("event"), visible(Result.audience))
    return shown.options(joinedload(Result.author)).order_by(Result.position, Result.id)


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
