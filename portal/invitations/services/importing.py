"""Inviting many at once: what would happen is shown first, then all of it happens or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from portal.errors import Conflict, Invalid, PortalError, TooMany
from portal.extensions import db
from portal.invitations.services.inviting import Guest, create_invitation
from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.creating import clean_address, clean_name
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import Actor, require

ROLE_WORDS = {
    "": "representative",
    "representative": "representative",
    "vertretung": "representative",
    "mitglied": "representative",
    "editor": "editor",
    "redaktion": "editor",
    "bearbeitung": "editor",
}


@dataclass(frozen=True)
class Line:
    """A row and what would happen: ``invite``, ``claim`` (a person without account), ``join`` (has an account),
    ``nothing`` (belongs there already) or ``error``, with the refusal."""

    number: int
    row: dict[str, str]
    outcome: str
    guest: Guest | None = None
    error: PortalError | None = None


def check_list(member: Actor, rows: list[dict[str, str]]) -> list[Line]:
    """What would happen with each row, in four statements however many rows there are; nothing is changed.

    Raises Forbidden without ``members.invite`` and ``organisations.manage``."""
    require(member, "members.invite")
    require(member, "organisations.manage")
    places = _places()
    sent = Counter(row["email"].lower() for row in rows)
    lines = [_parse(int(row["line"]), row, places, sent) for row in rows]
    addresses = [line.guest.email for line in lines if line.guest]
    known = {one.email: one for one in db.session.scalars(select(Member).where(Member.email.in_(addresses)))}
    held = select(Membership.member_id, Membership.organisation_id, Membership.role)
    held = held.where(Membership.member_id.in_([one.id for one in known.values()]))
    memberships = {(row[0], row[1]): row[2] for row in db.session.execute(held)}
    return [_foresee(line, known, memberships) for line in lines]


def invite_list(member: Actor, rows: list[dict[str, str]], base_url: str, locale: str) -> int:
    """Do what :func:`check_list` says, for every row or for none. Gives how many rows changed something.

    Raises Forbidden, Conflict if a row has an error or an address was sent too many invitations."""
    lines = check_list(member, rows)
    if any(line.outcome == "error" for line in lines):
        raise Conflict("The list has errors, so nobody was invited. Please check it once more.")
    wanted = [line.guest for line in lines if line.guest and line.outcome != "nothing"]
    for guest in wanted:
        try:
            create_invitation(member, guest, base_url, locale)
        except TooMany:
            raise Conflict(
                "%(address)s was sent five invitations within an hour. Please leave this row out or wait.",
                address=guest.email,
            ) from None
    return len(wanted)


def _parse(number: int, row: dict[str, str], places: dict[str, int], sent: Counter[str]) -> Line:
    try:
        return Line(number, row, "invite", _guest(row, places, sent))
    except Invalid as error:
        return Line(number, row, "error", error=error)


def _guest(row: dict[str, str], places: dict[str, int], sent: Counter[str]) -> Guest:
    name, address = clean_name(row["name"]), clean_address(row["email"])
    if address is None:
        raise Invalid("Please give an address.", "email")
    if sent[row["email"].lower()] > 1:
        raise Invalid("This address stands in the list more than once.", "email")
    place, role = places.get(fold(row["organisation"])), ROLE_WORDS.get(row["role"].lower())
    if row["organisation"] and place is None:
        raise Invalid("There is no organisation of this name.", "organisation")
    if role is None:
        raise Invalid("Please use “Vertretung” or “Redaktion”.", "role")
    return Guest(name, address, place, role)


def _foresee(line: Line, known: dict[str | None, Member], memberships: dict[tuple[int, int], str]) -> Line:
    person = known.get(line.guest.email) if line.guest else None
    if person is None or line.guest is None:
        return line
    if person.state in ("person", "invited"):
        return Line(line.number, line.row, "claim", line.guest)
    if person.state == "disabled":
        refused = Invalid("The account with this address is disabled.", "email")
        return Line(line.number, line.row, "error", error=refused)
    place = line.guest.organisation_id
    is_there = place is None or memberships.get((person.id, place)) in ("editor", line.guest.role)
    return Line(line.number, line.row, "nothing" if is_there else "join", line.guest)


def _places() -> dict[str, int]:
    """Organisations by name, short name and slug; names win."""
    found = db.session.execute(select(Organisation.id, Organisation.name, Organisation.short_name, Organisation.slug))
    places: dict[str, int] = {}
    for number, *names in sorted(found, key=lambda one: one[0]):
        for name in reversed([fold(one) for one in names if one]):
            places.setdefault(name, number)
    return places
