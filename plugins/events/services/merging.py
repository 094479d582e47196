"""Somebody, or an organisation, was in the portal twice and becomes one: what they did at events follows."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, delete, update

from plugins.events.models import Participation, Pitch, Result
from plugins.events.services import queries
from plugins.events.services.saving import TYPES
from portal.sdk.access import system
from portal.sdk.database import session, utcnow
from portal.sdk.i18n import ngettext
from portal.sdk.revisions import replace_value


def merge_people(kept: int, gone: int) -> list[str]:
    """Let participations, pitches and results of ``gone`` be those of ``kept``; says how many moved.

    Who took part in the same event twice keeps the participation of ``kept``, and is listed only if that one is."""
    there = [one.event_id for one in queries.list_participations_of(system(), kept)]
    twice = (Participation.member_id == gone, Participation.event_id.in_(there))
    session.execute(delete(Participation).where(*twice).execution_options(synchronize_session=False))
    moved = _move(update(Participation).where(Participation.member_id == gone).values(member_id=kept))
    now = utcnow()  # the index looks for what changed
    pitches = _move(update(Pitch).where(Pitch.presenter_id == gone).values(presenter_id=kept, changed_at=now))
    results = _move(update(Result).where(Result.author_id == gone).values(author_id=kept, changed_at=now))
    sentences = [
        ngettext("%(num)s participation moves.", "%(num)s participations move.", moved),
        ngettext("%(num)s pitch moves.", "%(num)s pitches move.", pitches),
        ngettext("%(num)s result moves.", "%(num)s results move.", results),
    ]
    return [one for one, count in zip(sentences, (moved, pitches, results), strict=True) if count]


def merge_organisations(kept: int, gone: int) -> list[str]:
    """Let participations and pitches for ``gone`` be for ``kept``, in earlier versions too; says how many moved."""
    # newer than a form that is open and names the one that goes
    newer = {"organisation_id": kept, "version": Participation.version + 1}
    moved = _move(update(Participation).where(Participation.organisation_id == gone).values(newer))
    newer = {"organisation_id": kept, "version": Pitch.version + 1, "changed_at": utcnow()}
    pitches = _move(update(Pitch).where(Pitch.organisation_id == gone).values(newer))
    replace_value(TYPES[Pitch], "organisation_id", gone, kept)
    sentences = [
        ngettext("%(num)s participation moves.", "%(num)s participations move.", moved),
        ngettext("%(num)s pitch moves.", "%(num)s pitches move.", pitches),
    ]
    return [one for one, count in zip(sentences, (moved, pitches), strict=True) if count]


def _move(change: Any) -> int:
    done = cast(CursorResult[Any], session.execute(change.execution_options(synchronize_session=False)))
    return done.rowcount
