"""Keyset paging: a page costs the same however long the list is. What addresses and forms say of rows is read here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
SEPARATOR = "~"
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Rows of one page; ``next_key`` continues after them, None at the end."""

    items: Sequence[Item]
    next_key: str | None


def page_of(rows: Sequence[Item], size: int, key: Callable[[Item], object]) -> Page[Item]:
    """A page from ``size + 1`` fetched rows: the extra one only says that there is more."""
    more = len(rows) > size
    return Page(rows[:size], str(key(rows[size - 1])) if more else None)


def read_number(text: str | None) -> int | None:
    """The number of a row, as an address or a form carries it; None for what no row can have."""
    digits = text or ""
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len(str(LARGEST_NUMBER))):
        return None
    return int(digits) if int(digits) <= LARGEST_NUMBER else None


def key_of(name: str, number: int) -> str:
    """The key to continue after a row that stands in a list by ``name``, then ``number``."""
    return f"{name}{SEPARATOR}{number}"


def read_key(text: str) -> tuple[str, int] | None:
    """Name and number from :func:`key_of`; None for what it never gave."""
    name, _, number = text.rpartition(SEPARATOR)
    found = read_number(number)
    return None if found is None else (name, found)
