"""Keyset paging: a page costs the same however long the list is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Rows of one page; ``next_key`` continues after them, None at the end."""

    items: Sequence[Item]
    next_key: str | None


def page_of(rows: Sequence[Item], size: int, key: Callable[[Item], object]) -> Page[Item]:
    """A page from ``size + 1`` fetched rows: the extra one only says that there is more."""
    more = len(rows) > size
    return Page(rows[:size], str(key(rows[size - 1])) if more else None)
