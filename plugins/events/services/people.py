"""Finding the people whom the editorial office names: presenters, authors, participants."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import defer, joinedload

from plugins.events.models import Event, Participation
from plugins.events.services.audiences import TEAM, participant_principal
from portal.sdk.access import Actor, visible_to
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid, NotFound
from portal.sdk.network import Member, Organisation


def find_person(words: str, field: str) -> Member | None:
    """The person with this name or e-mail address; None for no words. Raises Invalid on ``field`` unless one fits."""
    words = words.strip()
    if not words:
        return None
    named = func.lower(Member.email) == words.lower() if "@" in words else Member.name == words
    found = list(session.scalars(select(Member).where(named).limit(2)))
    if len(found) == 2:
        raise Invalid("Several people have this name. Please give the e-mail address.", field)
    if not found:
        raise Invalid("Nobody here has this name. Please write it as it stands in the list of members.", field)
    return found[0]


def list_organisation_names() -> list[tuple[int, str]]:
    """Id and name of every organisation, by name, for choosing one."""
    rows = session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.sort_name))
    return [(row.id, row.name) for row in rows]


def has_taken_part(member: Actor, event: Event) -> bool:
    """Whether the member may see who else was there: participants and the team."""
    return not member.principals.isdisjoint({participant_principal(event.id), TEAM})


def list_participations(member: Actor, event: Event) -> list[Participation]:
    """Who took part and agreed to be listed, by name. Raises NotFound for all but participants and the team."""
    if not has_taken_part(member, event):
        raise NotFound
    query = (
        select(Participation)
        .join(Member, Member.id == Participation.member_id)
        .where(Participation.event_id == event.id, Participation.consent_listed_at.is_not(None))
        .options(joinedload(Participation.member), joinedload(Participation.organisation))
        .order_by(Member.sort_name, Member.id)
    )
    return list(session.scalars(query))


def list_events_of_organisation(member: Actor, organisation_id: int, limit: int = 10) -> list[Event]:
    """Events that somebody took part in for the organisation; only of those where the member was there, too."""
    if not member.is_authenticated:
        return []
    listed = select(Participation.event_id).where(
        Participation.organisation_id == organisation_id, Participation.consent_listed_at.is_not(None)
    )
    query = (
        select(Event)
        .where(Event.id.in_(listed), visible_to(Event.audience, member), _attended_by(member))
        .options(defer(Event.lookback), defer(Event.internal))
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def _attended_by(member: Actor) -> ColumnElement[bool]:
    if TEAM in member.principals:
        return true()
    attended = [principal.split(":")[1] for principal in member.principals if principal.startswith("events:")]
    return Event.id.in_([int(number) for number in attended]) if attended else false()


def add_participation(
    event: Event,
    person: Member,
    *,
    organisation: Organisation | None = None,
    role: str = "participant",
    section_id: int | None = None,
    may_be_listed: bool = False,
) -> Participation:
    """Note that the person took part in the event; ``may_be_listed`` is their consent to stand in the list."""
    participation = Participation(
        event_id=event.id,
        member_id=person.id,
        organisation_id=organisation.id if organisation else None,
        role=role,
        section_id=section_id,
        consent_listed_at=utcnow() if may_be_listed else None,
    )
    session.add(participation)
    session.flush()
    return participation


def list_own_principals(member: Actor) -> set[str]:
    """One principal for each event that the member took part in."""
    taken = select(Participation.event_id).where(Participation.member_id == member.id)
    return {participant_principal(event_id) for event_id in session.scalars(taken)}
