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


Rhythm = Literal["portal", "at_once", "daily", "weekly", "never"]


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice, named ``<id>.<thing>``; ``title`` and ``explanation`` stand where members choose.

    ``text(params)`` gives the sentence, as plain text in the language of the moment. ``readable(member, subjects)``
    says which of these subjects the member may know of now; it is asked whenever notices are shown or mailed.
    ``default``: in the portal alone, by mail at once, daily or weekly, or never; ``transactional`` ones are always
    mailed at once by their sender, and nobody can switch them off. ``permission``: to whom the choice is offered, by
    name or as a function of the member."""

    name: str
    title: Any
    explanation: Any
    text: Callable[[dict[str, Any]], str]
    readable: Callable[[Actor, list[str]], set[str]]
    default: Rhythm = "portal"
    transactional: bool = False
    permission: str | Callable[[Actor], bool] = "member"
    icon: str = "bell"


@dataclass(frozen=True)
class Check:
    """One line of a plugin's health, in the reader's language: what was looked at, whether it is well, a sentence."""

    name: str
    ok: bool
    text: str = ""
