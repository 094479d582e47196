"""What the plugin knows of one person: given to them, taken away with them."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from plugins.events.models import Participation, Pitch, Result
from portal.sdk.access import system
from portal.sdk.database import session
from portal.sdk.hooks import announce_saved


def collect(member_id: int) -> dict[str, object]:
    """The events that somebody took part in, and the pitches and results that carry their name."""
    took_part = select(Participation).where(Participation.member_id == member_id)
    pitches = select(Pitch).where(Pitch.presenter_id == member_id)
    results = select(Result).where(Result.author_id == member_id)
    return {
        "participations": [
            {"event": one.event.title, "role": one.role, "listed_since": one.consent_listed_at}
            for one in session.scalars(took_part.options(joinedload(Participation.event)))
        ],
        "pitches": [
            {"title": one.title, "challenge": one.challenge, "solution": one.solution, "measure": one.measure}
            for one in session.scalars(pitches)
        ],
        "results": [{"kind": one.kind, "text": one.text} for one in session.scalars(results)],
    }


def forget(member_id: int) -> int:
    """Take back the consent to be listed from all participations, which stay for the count; gives how many."""
    for number in session.scalars(select(Pitch.id).where(Pitch.presenter_id == member_id)):
        announce_saved(system(), "events.pitch", number)  # the index has the presenter's name
    own = update(Participation).where(Participation.member_id == member_id)
    return session.execute(own.values(consent_listed_at=None, version=Participation.version + 1)).rowcount  # type: ignore[attr-defined]
