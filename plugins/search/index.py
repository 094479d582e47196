"""What the portal asks of a search index, whichever engine is behind it.

An index is a disposable cache: the database is the truth, and an index that is missing, broken or of an older
make answers "not ready" until it has been rebuilt. It never raises on behalf of its own files while
searching.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from markupsafe import Markup

from plugins.search.query import Query
from portal.sdk.contributions import SearchDocument

# What hits can be narrowed to, besides their type.
FACETS = ("topic", "land", "organisation", "year")

Key = tuple[str, str]
Order = Literal["relevance", "date"]


class IndexState(StrEnum):
    """Whether the index can answer."""

    READY = "ready"
    MISSING = "missing"
    OUTDATED = "outdated"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index is: its state, how many documents it holds, its size in bytes, whether it is being
    rebuilt."""

    state: IndexState
    documents: int = 0
    size: int = 0
    is_rebuilding: bool = False


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question: what is asked, who asks (their principals), which types exist for them, what page is
    wanted.

    `types` are the types of plugins that are switched on; `query.types` narrows the hits to some of them, `facets`
    to documents that carry a value. The index may lag behind the database, so every document that adds anything to
    the answer is asked of `find_readable` first: it gives those of some documents that may be read now."""

    query: Query
    principals: frozenset[str]
    types: frozenset[str]
    find_readable: Callable[[list[Key]], AbstractSet[Key]]
    facets: Mapping[str, str] = field(default_factory=dict)
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `title` and `snippet` are escaped text with the words found in <mark>."""

    type: str
    id: str
    title: Markup
    snippet: Markup
    url: str
    path: str
    language: str
    date: datetime | None
    score: float

    @property
    def key(self) -> Key:
        """What names the document among all."""
        return self.type, self.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hits there are of each type, or with each value of a facet; at least so many where it is not exact."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The hits of a page and how many there are in all (at least, where `is_exact` is false). The tallies tell what
    another choice of type or value would find, all other choices kept. `is_ready` is false for "ask later"."""

    is_ready: bool = True
    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_exact: bool = True
    types: Tally = field(default_factory=Tally)
    facets: Mapping[str, Tally] = field(default_factory=dict)


NOT_READY = SearchAnswer(is_ready=False)


class IndexNotReady(Exception):
    """The index cannot be written: it is missing, broken or of an older make. A rebuild helps."""


class IndexBusy(Exception):
    """Another process writes the index right now; try again later."""


class SearchIndex(Protocol):
    """An engine. One process writes at a time, many read."""

    def status(self) -> IndexStatus:
        """How the index is; cheap enough for a health page."""
        ...

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Puts documents in, each in place of what bore its key. Raises IndexNotReady, IndexBusy."""
        ...

    def remove(self, keys: Iterable[Key]) -> None:
        """Takes documents out; unknown keys are no error. Raises IndexNotReady, IndexBusy."""
        ...

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answers a question, or NOT_READY."""
        ...

    def find_versions(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The `find_version` of those of these documents that are in the index. Raises IndexNotReady."""
        ...

    def list_versions(self) -> dict[Key, str]:
        """The `find_version` of every document in the index. Raises IndexNotReady."""
        ...

    def clear(self) -> None:
        """Throws everything away; the index is missing until it is built."""
        ...

    def rebuild(self, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
        """Makes a new index of these documents beside the old one, which answers meanwhile, then takes its
        place.

        `progress` is told the number of documents so far; returns that number. Raises IndexBusy when another
        rebuild runs."""
        ...


def find_version(document: SearchDocument) -> str:
    """A short digest of all that the index holds of a document; equal digests need no new indexing."""
    facets = sorted((name, values) for name, values in document.facets.items())
    parts = (document.title, document.body, document.url, sorted(document.readers), document.language)
    rest = (document.topics, facets, document.path, document.date, document.changed_at)
    return hashlib.blake2b(repr((parts, rest)).encode("utf-8", "replace"), digest_size=12).hexdigest()


def list_facets(document: SearchDocument) -> list[tuple[str, str]]:
    """The values of a document by which hits can be narrowed."""
    values = {**document.facets, "topic": document.topics}
    return [(name, value) for name in FACETS for value in dict.fromkeys(values.get(name, ())) if value]
