"""What the plugin knows of one person: given to them, taken away with them."""

from __future__ import annotations

from sqlalchemy import update

from plugins.events.models import Participation
from plugins.events.services import queries
from portal.sdk.access import system
from portal.sdk.database import session
from portal.sdk.hooks import announce_saved


def collect(member_id: int) -> dict[str, object]:
    """The events that somebody took part in, and the pitches and results that carry their name."""
    took_part = queries.list_participations_of(system(), member_id)
    pitches = queries.list_pitches_presented_by(system(), member_id)
    results = queries.list_results_written_by(system(), member_id)
    return {
        "participations": [
            {"event": one.event.title, "role": one.role, "listed_since": one.consent_listed_at} for one in took_part
        ],
        "pitches": [
            {"title": one.title, "challenge": one.challenge, "solution": one.solution, "measure": one.measure}
            for one in pitches
        ],
        "results": [{"kind": one.kind, "text": one.text} for one in results],
    }


def forget(member_id: int) -> int:
    """Take back the consent to be listed from all participations, which stay for the count; gives how many."""
    for pitch in queries.list_pitches_presented_by(system(), member_id):
        announce_saved(system(), "events.pitch", pitch.id)  # the index has the presenter's name
    own = update(Participation).where(Participation.member_id == member_id)
    return session.execute(own.values(consent_listed_at=None, version=Participation.version + 1)).rowcount  # type: ignore[attr-defined]
