"""The index of a portal that has none: never ready, never in the way."""

from collections.abc import Callable, Iterable

from plugins.search.index import (
    NOT_READY,
    IndexNotReady,
    IndexState,
    IndexStatus,
    Key,
    SearchAnswer,
    SearchRequest,
)
from portal.sdk.contributions import SearchDocument


class NullIndex:
    """Stands in where no index folder can be used."""

    def status(self) -> IndexStatus:
        """Always missing."""
        return IndexStatus(IndexState.MISSING)

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Refuses; the queue keeps the change."""
        raise IndexNotReady

    def remove(self, keys: Iterable[Key]) -> None:
        """Refuses; the queue keeps the change."""
        raise IndexNotReady

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answers that there is no index yet."""
        return NOT_READY

    def find_versions(self, keys: Iterable[Key]) -> dict[Key, str]:
        """There is nothing to find."""
        raise IndexNotReady

    def list_versions(self) -> dict[Key, str]:
        """There is nothing to list."""
        raise IndexNotReady

    def clear(self) -> None:
        """There is nothing."""

    def rebuild(self, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
        """There is nowhere to build."""
        raise IndexNotReady
