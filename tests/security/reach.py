"""How far each form reaches: the names that it reads of what was sent, and the tables that it may change.

A line of ``reach.txt`` is: endpoint, names, tables, parted by bars. Who adds a form adds a line, and looks twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from tests.security.canaries import ROLES
from tests.security.expectations import ALL_ROWS, ALLOWED, Row

# Read by what guards every form, and the notes that every change leaves.
GUARDS = frozenset({"csrf_token"})
TRACES = frozenset({"audit_entry", "search_change", "notice"})
EVERYTHING = "*"


@dataclass(frozen=True)
class Reach:
    """What a form reads and what it changes."""

    names: frozenset[str]
    tables: frozenset[str]


class Watched(ImmutableMultiDict[str, str]):
    """What was sent, noting which names are asked for; who goes through all of them asks for everything."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, type: Any = None) -> list[Any]:
        """The values of one name."""
        self.asked.add(key)
        return super().getlist(key, type) if type else super().getlist(key)

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return super().__iter__()

    def items(self, *args: Any, **options: Any) -> Any:
        """All names and values."""
        self._note_all()
        return super().items(*args, **options)

    def lists(self) -> Any:
        """All names, each with its values."""
        self._note_all()
        return super().lists()

    def to_dict(self, flat: bool = True) -> Any:
        """All of it."""
        self._note_all()
        return super().to_dict(flat)

    def _note_all(self) -> None:
        """Files are gone through when a request ends, to close them."""
        if not any(isinstance(value, FileStorage) for values in dict.values(self) for value in values):
            self.asked.add(EVERYTHING)


def read_reach() -> dict[str, Reach]:
    """The lines by endpoint."""
    lines = Path(__file__).with_name("reach.txt").read_text(encoding="utf-8").splitlines()
    parts = [[one.split() for one in line.split("|")] for line in lines if line]
    return {endpoint: Reach(frozenset(names), frozenset(tables)) for (endpoint,), names, tables in parts}


def list_forms() -> dict[str, tuple[Row, str]]:
    """A row for each form, and a role that it lets in if there is one."""
    found: dict[str, tuple[Row, str]] = {}
    for row in ALL_ROWS:
        roles = [role for role in reversed(ROLES) if row.outcomes[role] in ALLOWED]
        if row.method == "POST" and (row.endpoint not in found or (roles and not found[row.endpoint][1])):
            found[row.endpoint] = row, next(iter(roles), "")
    return {endpoint: (row, role or "member") for endpoint, (row, role) in found.items()}
