"""From what somebody typed to a page of results that they may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from plugins.search.index import FACETS, Hit, Key, Order, SearchIndex, SearchRequest, Tally
from plugins.search.query import Query, read_query
from plugins.search.settings import PAGE_SIZE
from portal.sdk.access import Actor
from portal.sdk.contributions import SearchType
from portal.sdk.hooks import ask, contributions
from portal.sdk.settings import setting

LAST_PAGE = 25


@dataclass(frozen=True)
class Result:
    """A hit with the kind of thing it is."""

    hit: Hit
    type: SearchType


@dataclass(frozen=True)
class Results:
    """A page of results. `total` and the numbers by kind and facet are of what the member may read and nothing else;
    where they are not exact there are at least so many. `is_ready` is false while the index is being rebuilt."""

    query: Query
    results: tuple[Result, ...] = ()
    total: int = 0
    is_exact: bool = True
    kinds: Tally = field(default_factory=Tally)
    facets: Mapping[str, Tally] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, SearchType] = field(default_factory=dict)
    page: int = 1
    has_more: bool = False
    is_ready: bool = True

    @property
    def total_of_all_types(self) -> int:
        """How many hits there are when no kind is chosen."""
        return sum(self.kinds.numbers.values())


def list_types() -> dict[str, SearchType]:
    """The kinds of things that can be found, by name, of the plugins in force."""
    return {one.name: one for _, types in contributions("portal_search_types") for one in types}


def name_types(types: Mapping[str, SearchType]) -> dict[str, str]:
    """What may stand after `type:`: the name, its last part, and the title as the reader sees it."""
    names: dict[str, str] = {}
    for name, one in types.items():
        for spelling in (name, name.partition(".")[2], str(one.title), str(one.singular)):
            names.setdefault(spelling.casefold(), name)
    return names


def list_facets(types: Iterable[SearchType]) -> list[str]:
    """What results can be narrowed to: the topic always, all else where a kind says that its documents carry it."""
    declared = {name for one in types for name in one.facets} | {"topic"}
    return [name for name in FACETS if name in declared]


def search(
    member: Actor,
    index: SearchIndex,
    text: str,
    types: Iterable[str] = (),
    facets: Mapping[str, str] | None = None,
    order: Order = "relevance",
    page: int = 1,
) -> Results:
    """Finds what the member may read. `types` narrows to some kinds, `facets` to a value of each; pages count from 1
    and end at 25.

    Whatever the index knows is asked again of the plugins before it is shown or counted, in one batch for each."""
    known = list_types()
    query = read_query(text, name_types(known))
    query = Query(query.clauses, query.excluded, query.types | (known.keys() & set(types)))
    page = min(max(page, 1), LAST_PAGE)
    offered = list_facets(known.values())
    chosen = {name: value for name, value in (facets or {}).items() if name in offered and value}
    if query.is_empty():
        return Results(query, types=known, chosen=chosen)
    size = setting("search", PAGE_SIZE)
    offset = (page - 1) * size
    readable = partial(find_readable, member)
    request = SearchRequest(query, member.principals, frozenset(known), readable, chosen, order, offset, size)
    answer = index.search(request)
    return Results(
        query=query,
        results=tuple(Result(hit, known[hit.type]) for hit in answer.hits),
        total=answer.total,
        is_exact=answer.is_exact,
        kinds=answer.types,
        facets={name: answer.facets[name] for name in offered if name in answer.facets},
        chosen=chosen,
        types=known,
        page=page,
        has_more=offset + size < answer.total and page < LAST_PAGE,
        is_ready=answer.is_ready,
    )


def find_readable(member: Actor, keys: list[Key]) -> set[Key]:
    """Those of these documents that their plugins say the member may read now; a plugin that does not answer hides
    its own."""
    by_owner: dict[str, list[Key]] = {}
    for key in keys:
        by_owner.setdefault(key[0].partition(".")[0], []).append(key)
    readable: set[Key] = set()
    for owner, own in by_owner.items():
        for _, found in ask("portal_search_readable", only=[owner], member=member, keys=own):
            readable |= set(found) & set(own)
    return readable
