"""The directory: people found by name, function, organisation and topic, at the same cost however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import selectinload

from portal.errors import Forbidden
from portal.extensions import db
from portal.members.belonging import membership, organisation
from portal.members.models import Member, MemberWord, member_topic
from portal.members.naming import words_of
from portal.members.services.narrowing import Criterion, meeting
from portal.members.services.visibility import Viewer, shows, viewer_of
from portal.permissions.actor import Actor
from portal.topics.models import Topic
from portal.web.paging import Page, key_of, read_key

PAGE_SIZE, MAX_WORDS = 30, 6
LAST = "\U0010ffff"  # sorts after every letter, in UTF-8 and in code points alike


@dataclass(frozen=True)
class DirectoryFilter:
    """Whom to show: words of name, function, organisation or topic; an organisation, a Land, a topic; the key of the
    row to continue after."""

    words: str = ""
    organisation: int | None = None
    land: str = ""
    topic: int | None = None
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the page is chosen."""
        return bool(self.words.strip() or self.organisation or self.land or self.topic)


@dataclass(frozen=True)
class Choices:
    """What the directory can be narrowed to: rows of organisations (id, name, short_name, land), topics (id, title).

    Both lists are short beside the people, so their words are looked through here."""

    organisations: Sequence[Any]
    topics: Sequence[Any]

    @property
    def organisation_names(self) -> list[tuple[int, str]]:
        """Number and name of each organisation."""
        return [(one.id, one.name) for one in self.organisations]

    @property
    def laender(self) -> set[str]:
        """The Länder that organisations lie in."""
        return {one.land for one in self.organisations if one.land}

    def organisations_with(self, word: str) -> list[int]:
        """The organisations that have a word beginning so."""
        return [one.id for one in self.organisations if _begins(word, f"{one.name} {one.short_name}")]

    def topics_with(self, word: str) -> list[int]:
        """The topics that have a word beginning so."""
        return [one.id for one in self.topics if _begins(word, one.title)]


def list_choices() -> Choices:
    """All organisations that are not archived, and all topics, by name."""
    columns = (organisation.c.id, organisation.c.name, organisation.c.short_name, organisation.c.land)
    present = select(*columns).where(organisation.c.archived_at.is_(None))
    organisations = db.session.execute(present.order_by(organisation.c.sort_name)).all()
    return Choices(organisations, db.session.execute(select(Topic.id, Topic.title).order_by(Topic.title)).all())


def list_directory(member: Actor, wanted: DirectoryFilter, choices: Choices) -> Page[Member]:
    """A page of the directory, by last name, with people without account too. Nobody is found by what the rules of
    the fields hide from the asker. Raises Forbidden for the public."""
    if not member.is_authenticated:
        raise Forbidden("Please log in first.")
    viewer = viewer_of(member)
    query = select(Member).options(selectinload(Member.memberships)).where(Member.state != "disabled")
    words = words_of(wanted.words)[:MAX_WORDS]
    if wanted.words.strip() and not words:
        return Page([], None)
    query = query.where(*(_begins_with(word) for word in words if len(word) == 1))
    criteria = [_found_by(word, choices, viewer) for word in words if len(word) > 1]
    query = query.where(*meeting([*criteria, *_chosen(wanted, viewer)]))
    if key := read_key(wanted.after):
        query = query.where(tuple_(Member.sort_name, Member.id) > key)
    return _page(query)


def _page(query: Select[Member]) -> Page[Member]:
    rows = list(db.session.scalars(query.order_by(Member.sort_name, Member.id).limit(PAGE_SIZE + 1)))
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], key_of(last.sort_name, last.id) if last else None)


def _begins_with(letter: str) -> ColumnElement[bool]:
    """A single letter is the register of last names: any word beginning with it would be half of the network."""
    return (Member.sort_name >= letter) & (Member.sort_name < letter + LAST)


def _found_by(word: str, choices: Choices, viewer: Viewer) -> Criterion:
    """Who has a word that begins so, or belongs to an organisation, or helps with a topic, with such a word."""
    organisations, topics = choices.organisations_with(word), choices.topics_with(word)
    parts: list[Select[Any]] = [
        select(MemberWord.member_id).where(MemberWord.word >= word, MemberWord.word < word + LAST)
    ]
    if organisations:
        parts.append(select(membership.c.member_id).where(membership.c.organisation_id.in_(organisations)))
    if topics:
        parts.append(_helping_with(topics, viewer))
    return Criterion(tuple(parts))


def _begins(word: str, text: str) -> bool:
    return any(one.startswith(word) for one in words_of(text))


def _helping_with(topics: list[int], viewer: Viewer) -> Select[Any]:
    offered = select(member_topic.c.member_id).join(Member, Member.id == member_topic.c.member_id)
    return offered.where(member_topic.c.topic_id.in_(topics), shows(viewer, "topics"))


def _chosen(wanted: DirectoryFilter, viewer: Viewer) -> list[Criterion]:
    parts: list[Select[Any]] = []
    if wanted.organisation:
        parts.append(select(membership.c.member_id).where(membership.c.organisation_id == wanted.organisation))
    if wanted.land:
        there = select(membership.c.member_id).join(organisation, organisation.c.id == membership.c.organisation_id)
        parts.append(there.where(organisation.c.land == wanted.land))
    if wanted.topic:
        parts.append(_helping_with([wanted.topic], viewer))
    return [Criterion((part,)) for part in parts]
