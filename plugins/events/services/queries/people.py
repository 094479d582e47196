"""Who took part: for the editorial office everybody, for those who were there too who agreed to be listed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, bindparam, false, func, or_, select, true, tuple_
from sqlalchemy.orm import defer, joinedload, selectinload

from plugins.events.models import Event, Participation
from plugins.events.permissions import EDIT
from plugins.events.services.principals import TEAM, participant_principal
from plugins.events.settings import LISTS
from portal.sdk.access import Actor, require, visible_to
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from portal.sdk.network import Member
from portal.sdk.settings import setting
from portal.sdk.web import Page, key_of, page_of, read_key

PAGE_SIZE, WORKING_PAGE_SIZE = 50, 20  # rows with a button of their own weigh more


def find_people(member: Actor, names: Collection[str], addresses: Collection[str] = ()) -> list[Member]:
    """People with one of these names or, for who may see addresses, e-mail addresses; with their memberships.

    The disabled are found only by who may see all members. Raises Forbidden."""
    require(member, EDIT)
    wanted = Member.name.in_(names)
    if member.can("members.list_all"):
        wanted = or_(wanted, Member.email.in_(addresses))
    else:
        wanted = wanted & (Member.state != "disabled")
    return list(session.scalars(select(Member).where(wanted).options(selectinload(Member.memberships))))


def has_taken_part(member: Actor, event: Event) -> bool:
    """Whether the member may see who else was there: the team and, unless an admin has set otherwise, participants."""
    readers = {TEAM} if setting("events", LISTS) == "team" else {TEAM, participant_principal(event.id)}
    return not member.principals.isdisjoint(readers)


def list_participations(member: Actor, event: Event, after: str = "") -> Page[Participation]:
    """A page of who took part and agreed to be listed, by name.

    Raises NotFound for all but participants and the team."""
    if not has_taken_part(member, event):
        raise NotFound
    return _page(_of(event.id).where(Participation.consent_listed_at.is_not(None)), after)


def list_all_participations(member: Actor, event_id: int, after: str = "") -> Page[Participation]:
    """A page of everybody who took part, by name. Raises Forbidden for all but the team."""
    require(member, EDIT)
    return _page(_of(event_id), after, WORKING_PAGE_SIZE)


def count_participations(member: Actor, event: Event) -> tuple[int, int]:
    """How many people took part, and how many of them agreed to be listed.

    Raises NotFound for all but participants and the team."""
    if not has_taken_part(member, event):
        raise NotFound
    counted = select(func.count(), func.count(Participation.consent_listed_at))
    row = session.execute(counted.where(Participation.event_id == event.id)).one()
    return row[0], row[1]


def get_participation_to_edit(member: Actor, participation_id: int) -> Participation:
    """The participation, for somebody who may edit it. Raises Forbidden, NotFound."""
    require(member, EDIT)
    found = session.get(Participation, participation_id)
    if found is None:
        raise NotFound
    return found


def list_member_ids(member: Actor, event_id: int) -> set[int]:
    """The ids of all who took part. Raises Forbidden for all but the team."""
    require(member, EDIT)
    return set(session.scalars(select(Participation.member_id).where(Participation.event_id == event_id)))


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


_TAKEN = select(Participation.event_id).where(Participation.member_id == bindparam("member"))


def list_own_principals(member: Actor) -> set[str]:
    """One principal for each event that the member took part in."""
    return {participant_principal(event_id) for event_id in session.scalars(_TAKEN, {"member": member.id})}


def _of(event_id: int) -> Select[Participation]:
    people = select(Participation).join(Member, Member.id == Participation.member_id)
    return people.where(Participation.event_id == event_id).options(
        joinedload(Participation.member), joinedload(Participation.organisation)
    )


def _page(query: Select[Participation], after: str, size: int = PAGE_SIZE) -> Page[Participation]:
    if key := read_key(after):
        query = query.where(tuple_(Member.sort_name, Member.id) > key)
    rows = session.scalars(query.order_by(Member.sort_name, Member.id).limit(size + 1))
    return page_of(list(rows), size, lambda one: key_of(one.member.sort_name, one.member_id))


def _attended_by(member: Actor) -> ColumnElement[bool]:
    if TEAM in member.principals:
        return true()
    attended = [principal.split(":")[1] for principal in member.principals if principal.startswith("events:")]
    return Event.id.in_([int(number) for number in attended]) if attended else false()
