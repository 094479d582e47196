"""Reading a pasted list of people, one a line: person; organisation; role."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any

from plugins.events.services import queries
from plugins.events.words import ROLE_TITLES
from portal.sdk.access import Actor
from portal.sdk.errors import Invalid
from portal.sdk.network import Member, create_person

SEPARATORS = ("\t", ";")  # a spreadsheet copies tabs
MOST = 500


@dataclass(frozen=True)
class Line:
    """One line as it was pasted."""

    number: int
    name: str
    address: str = ""
    organisation: str = ""
    role: str = ""

    @property
    def said(self) -> str:
        """What stands for the person."""
        return self.name or self.address


@dataclass(frozen=True)
class Row:
    """A line that is understood; ``person`` is None where somebody has to be created."""

    line: Line
    person: Member | None
    values: dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """A line that can't be read, and why."""

    line: Line
    refusal: Invalid


@dataclass(frozen=True)
class Pasted:
    """How many people were added, how many were in the list already, and which lines could not be read."""

    added: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_lines(text: str) -> list[Line]:
    """The lines that say something. Raises Invalid for none and for too many."""
    lines = [_read_line(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" \t;")]
    if not lines:
        raise Invalid("Please give at least one person.", "lines")
    if len(lines) > MOST:
        raise Invalid("Please paste at most %(most)s lines at once.", "lines", most=MOST)
    return lines


def _read_line(number: int, text: str) -> Line:
    separator = next((one for one in SEPARATORS if one in text), ";")
    cells = [" ".join(cell.split()) for cell in text.split(separator)] + ["", ""]
    return Line(number, *split_person(cells[0]), cells[1], cells[2])


def split_person(words: str) -> tuple[str, str]:
    """Name and address of “Name <address>”, or the one of both that stands there."""
    if "@" not in words:
        return words, ""
    name, address = parseaddr(words)
    return name, (address or words).lower()


def check_may_name(member: Actor, address: str) -> None:
    """Raises Invalid on ``person`` for an address from somebody who may not see all members.

    No address is looked up for them, so that the answer never tells whether the portal knows it."""
    if address and not member.can("members.list_all"):
        raise Invalid("Please give the name only: people with an address are added by the administration.", "person")


def create_named(member: Actor, name: str, address: str) -> Member:
    """A person without account. Raises Forbidden, and Invalid on ``person`` for no name or a wrong address."""
    if not name:
        raise Invalid("Nobody here has this address. Please give the name, too: Name <address>.", "person")
    try:
        return create_person(member, name, address or None)
    except Invalid as refusal:
        refusal.field = "person"
        raise


class Reader:
    """Finds who and what the lines mean, in a fixed number of statements."""

    def __init__(self, member: Actor, lines: list[Line], is_new: bool) -> None:
        self.member, self.lines, self.is_new = member, lines, is_new
        found = queries.find_people(member, {one.name for one in lines}, {one.address for one in lines if one.address})
        self.by_name: dict[str, list[Member]] = {}
        self.by_address = {person.email: person for person in found if person.email}
        for person in found:
            self.by_name.setdefault(person.name, []).append(person)
        self.organisations = {name.casefold(): key for key, name in queries.list_organisations()}
        self.roles = {str(title).casefold(): role for role, title in ROLE_TITLES.items()}
        self.roles |= {role: role for role in ROLE_TITLES} | {"": "participant"}

    def read(self) -> tuple[list[Row], list[Problem]]:
        """Every line, understood or not."""
        rows: list[Row] = []
        problems: list[Problem] = []
        for line in self.lines:
            try:
                rows.append(self._row_of(line))
            except Invalid as refusal:
                problems.append(Problem(line, refusal))
        return rows, problems

    def create(self, line: Line) -> Member:
        """A person without account for the line; one for all lines that name them. Raises Forbidden, Invalid."""
        known = self._find(line)
        if known is not None:
            return known
        person = create_named(self.member, line.name, line.address)
        self.by_name.setdefault(person.name, []).append(person)
        if person.email:
            self.by_address[person.email] = person
        return person

    def _row_of(self, line: Line) -> Row:
        person = self._find(line)
        if person is None and not self.is_new:
            raise Invalid("Nobody here has this name. Please write it as it stands in the list of members.")
        values = {"organisation_id": self._organisation_of(line), "role": self._role_of(line)}
        return Row(line, person, values)

    def _find(self, line: Line) -> Member | None:
        check_may_name(self.member, line.address)
        if line.address:
            return self.by_address.get(line.address)
        found = self.by_name.get(line.name, [])
        if len(found) > 1:
            raise Invalid("Several people have this name. Please give the e-mail address.")
        return found[0] if found else None

    def _organisation_of(self, line: Line) -> int | None:
        if line.organisation and line.organisation.casefold() not in self.organisations:
            raise Invalid("There is no organisation of the name “%(name)s” here.", name=line.organisation)
        return self.organisations.get(line.organisation.casefold())

    def _role_of(self, line: Line) -> str:
        if line.role.casefold() not in self.roles:
            raise Invalid("“%(name)s” is no role. Roles: %(roles)s.", name=line.role, roles=self._role_names())
        return self.roles[line.role.casefold()]

    def _role_names(self) -> str:
        return ", ".join(str(title) for title in ROLE_TITLES.values())
