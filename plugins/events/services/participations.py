"""Who took part in an event: noted by the editorial office, one by one or as a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.events.models import ROLES, Event, Participation
from plugins.events.services import queries
from plugins.events.services.holding import hold_event, hold_participation
from plugins.events.services.pasting import (
    Pasted,
    Problem,
    Reader,
    check_may_name,
    create_named,
    read_lines,
    split_person,
)
from plugins.events.services.people import find_person
from plugins.events.services.saving import check_unchanged
from portal.sdk.access import Actor
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid
from portal.sdk.network import Member

SUBJECT = "events.participation"


def create_participation(member: Actor, event_id: int, values: Mapping[str, Any]) -> Participation:
    """Note that ``person`` (name or address) took part, with ``organisation_id``, ``role`` and ``is_listed``.

    With ``is_new`` a person without account is created where nobody is found. Raises Forbidden, Invalid, NotFound."""
    event = hold_event(member, event_id)
    person = _find_or_create(member, values)
    if person.id in queries.list_member_ids(member, event_id):
        raise Invalid("%(name)s is in the list already.", "person", name=person.name)
    return _add(member, event, person, values)


def add_participations(member: Actor, event_id: int, text: str, *, is_listed: bool, is_new: bool) -> Pasted:
    """Note everybody that the lines name: person; organisation; role. With ``is_new`` unknown people are created.

    All or nothing: with a line that can't be read nothing is saved, and the answer says which and why.
    People who are in the list already are counted and left alone. Raises Forbidden, NotFound."""
    event = hold_event(member, event_id)
    reader = Reader(member, read_lines(text), is_new)
    rows, problems = reader.read()
    there, added = queries.list_member_ids(member, event_id), 0
    part = session.begin_nested()
    for row in rows if not problems else ():
        try:
            person = row.person or reader.create(row.line)
        except Invalid as refusal:
            problems.append(Problem(row.line, refusal))
            continue
        if person.id not in there:
            there.add(person.id)
            added += 1
            _add(member, event, person, {**row.values, "is_listed": is_listed})
    if problems:
        part.rollback()
        return Pasted(problems=problems)
    part.commit()
    return Pasted(added=added, known=len(rows) - added)


def update_participation(
    member: Actor, participation_id: int, version: int, values: Mapping[str, Any]
) -> Participation:
    """Change ``organisation_id``, ``role`` and ``is_listed`` of the participation that was opened at ``version``.

    Raises Conflict, Forbidden, Invalid, NotFound."""
    participation = hold_participation(member, participation_id)
    check_unchanged(participation, version)
    _assign(participation, values)
    session.flush()
    _record(member, "updated", participation.event, participation)
    return participation


def delete_participation(member: Actor, participation_id: int) -> None:
    """Take the person out of the list: they lose what only those see who took part. Raises Forbidden, NotFound."""
    participation = hold_participation(member, participation_id)
    _record(member, "removed", participation.event, participation)
    session.delete(participation)
    session.flush()


def _find_or_create(member: Actor, values: Mapping[str, Any]) -> Member:
    words = str(values.get("person") or "").strip()
    if not words:
        raise Invalid("Please say who took part.", "person")
    name, address = split_person(words)
    check_may_name(member, address)
    if values.get("is_new") and not queries.find_people(member, [words], [address]):
        return create_named(member, name, address)
    person = find_person(member, address or name, "person")
    assert person is not None
    return person


def _add(member: Actor, event: Event, person: Member, values: Mapping[str, Any]) -> Participation:
    participation = Participation(event_id=event.id, member_id=person.id)
    participation.member = person
    _assign(participation, values)
    if participation.organisation_id is None and len(person.memberships) == 1:
        participation.organisation_id = person.memberships[0].organisation_id
    session.add(participation)
    session.flush()
    _record(member, "added", event, participation)
    return participation


def _assign(participation: Participation, values: Mapping[str, Any]) -> None:
    role = values.get("role") or "participant"
    if role not in ROLES:
        raise Invalid("Please choose the role.", "role")
    participation.role = role
    participation.organisation_id = values.get("organisation_id")
    if bool(values.get("is_listed")) != participation.is_listed:
        participation.consent_listed_at = utcnow() if values.get("is_listed") else None


def _record(member: Actor, verb: str, event: Event, participation: Participation) -> None:
    details = {"name": f"{participation.member.name} – {event.title}", "fields": [participation.role]}
    record(member, f"events.participation_{verb}", SUBJECT, participation.id, details)
