"""The small things that hooks give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from portal.permissions.actor import Actor


@dataclass(frozen=True)
class MenuEntry:
    """A link of the navigation. ``permission``: shown only to holders; "public" to all, "member" to the logged-in."""

    label: Any
    endpoint: str
    icon: str = ""
    weight: int = 50
    permission: str = "member"
    section: str = ""


@dataclass(frozen=True)
class Card:
    """A card of the dashboard; ``render(member)`` gives HTML, or "" to show nothing."""

    name: str
    title: Any
    render: Callable[[Actor], str]
    size: Literal["small", "medium", "large"] = "medium"
    permission: str = "member"
    weight: int = 50


@dataclass(frozen=True)
class Slot:
    """A section on a page of the core, by ``render(member, thing)`` with the organisation or person shown there."""

    place: Literal["organisation", "member"]
    render: Callable[..., str]
    weight: int = 50


@dataclass(frozen=True)
class SearchType:
    """A kind of search document named ``<id>.<thing>``. ``title`` is its plural, ``singular`` names one of them;
    ``facets`` says which of "land" (codes), "organisation" (names) and "year" its documents carry as filters."""

    name: str
    title: Any
    icon: str = "file-text"
    facets: tuple[str, ...] = ()
    singular: Any = ""


@dataclass(frozen=True)
class SearchDocument:
    """What the index knows of a thing. ``readers`` are principals, never empty; ``body`` is plain text; ``path`` says
    where the thing lies, for the reader (event › section); ``facets`` maps a facet's name to values."""

    type: str
    id: str
    title: str
    body: str
    url: str
    readers: frozenset[str]
    changed_at: datetime
    language: str = "de"
    topics: tuple[str, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = ""
    date: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One line of a plugin's health, in the reader's language: what was looked at, whether it is well, a sentence."""

    name: str
    ok: bool
    text: str = ""
