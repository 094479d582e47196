"""Documents and questions for the tests of the engine, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from plugins.search.index import Order, SearchAnswer, SearchIndex, SearchRequest
from plugins.search.query import read_query
from portal.sdk.contributions import SearchDocument

TYPES = frozenset({"events.event", "initiatives.profile"})
PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", "member", "member:1", "organisation:1"})
OTHER = frozenset({"public", "member", "member:2", "organisation:2"})
A_DAY = datetime(2023, 9, 5, 12, tzinfo=UTC)


def make_document(
    id: str,
    body: str = "",
    *,
    title: str = "",
    readers: Iterable[str] = ("public",),
    type: str = "events.event",
    language: str = "de",
    at: datetime = A_DAY,
    url: str = "",
    land: str = "",
) -> SearchDocument:
    """A document with what matters to the test."""
    return SearchDocument(
        type=type,
        id=id,
        title=title or f"Titel {id}",
        body=body,
        url=url or f"/{type}/{id}",
        readers=frozenset(readers),
        changed_at=at,
        language=language,
        facets={"land": (land,)} if land else {},
    )


def ask(
    index: SearchIndex,
    text: str,
    principals: frozenset[str] = PUBLIC,
    *,
    types: frozenset[str] = TYPES,
    order: Order = "relevance",
    offset: int = 0,
) -> SearchAnswer:
    """The answer to what somebody typed, where the index does not lag behind."""
    query = read_query(text, {"event": "events.event", "profile": "initiatives.profile"})
    return index.search(SearchRequest(query, principals, types, set, {}, order, offset))


def found(index: SearchIndex, text: str, principals: frozenset[str] = PUBLIC) -> list[str]:
    """The ids of the hits, best first."""
    return [hit.id for hit in ask(index, text, principals).hits]
