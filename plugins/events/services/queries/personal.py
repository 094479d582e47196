"""What bears the name of one person, for work on that person as a whole: an export, an erasure, a merge."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from plugins.events.models import Event, Participation, Pitch, Result
from portal.sdk.access import Actor, visible_to
from portal.sdk.database import session


def list_participations_of(member: Actor, person_id: int) -> Sequence[Participation]:
    """The participations of a person in events that the member may read, with the events."""
    query = select(Participation).join(Participation.event).options(contains_eager(Participation.event))
    query = query.where(Participation.member_id == person_id, visible_to(Event.audience, member))
    return session.scalars(query.order_by(Participation.id)).all()


def list_pitches_presented_by(member: Actor, person_id: int) -> Sequence[Pitch]:
    """The pitches that a person presents and the member may read."""
    query = select(Pitch).where(Pitch.presenter_id == person_id, visible_to(Pitch.audience, member))
    return session.scalars(query.order_by(Pitch.id)).all()


def list_results_written_by(member: Actor, person_id: int) -> Sequence[Result]:
    """The results that a person reported and the member may read."""
    query = select(Result).where(Result.author_id == person_id, visible_to(Result.audience, member))
    return session.scalars(query.order_by(Result.id)).all()
