"""A plugin that gives whatever documents a test wants, in place of the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.sdk.access import Actor
from portal.sdk.contributions import SearchDocument, SearchType

TYPES = [
    SearchType("events.event", "Veranstaltungen", singular="Veranstaltung", facets=("land",)),
    SearchType("events.section", "Abschnitte", singular="Abschnitt"),
]


@dataclass
class Source:
    """Stands for the plugin `events`: its documents by id, whether it is in force, whether it breaks."""

    documents: dict[str, SearchDocument] = field(default_factory=dict)
    is_on: bool = True
    breaks: bool = False
    asked_since: list[datetime | None] = field(default_factory=list)

    def put(self, *documents: SearchDocument) -> None:
        """Takes documents in, as if they were saved."""
        self.documents.update({one.id: one for one in documents})

    def contributions(self, hook: str) -> list[tuple[str, Any]]:
        """What the host says of the plugin."""
        return [("events", TYPES)] if self.is_on else []

    def effective_plugins(self) -> tuple[str, ...]:
        """The ids of the plugins in force."""
        return ("events", "search") if self.is_on else ("search",)

    def ask(self, hook: str, only: list[str] | None = None, **arguments: Any) -> list[tuple[str, Any]]:
        """Answers the two hooks that the search asks."""
        if not self.is_on or (only and "events" not in only):
            return []
        answer = self.give if hook == "portal_search_documents" else self.find_readable
        return [("events", answer(**arguments))]

    def give(self, since: datetime | None) -> Iterator[SearchDocument]:
        """The documents changed since."""
        self.asked_since.append(since)
        for one in list(self.documents.values()):
            if since is None or one.changed_at >= since:
                yield one
        if self.breaks:
            raise RuntimeError("the plugin broke")

    def find_readable(self, member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the documents that the member may read."""
        return {
            (one.type, one.id)
            for one in self.documents.values()
            if (one.type, one.id) in keys and one.readers & member.principals
        }
