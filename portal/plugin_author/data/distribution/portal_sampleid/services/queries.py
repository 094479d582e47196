"""Reading entries: only those that the acting member may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from portal.sdk.access import Actor, visible_to
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from sqlalchemy import select

from portal_sampleid.models import Entry


def list_entries(member: Actor, limit: int = 50) -> Sequence[Entry]:
    """The newest entries."""
    query = select(Entry).where(visible_to(Entry.audience, member))
    return session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()


def get_entry(member: Actor, entry_id: int) -> Entry:
    """The entry with this number. Raises NotFound, also if the member may not read it."""
    entry = session.scalar(select(Entry).where(Entry.id == entry_id, visible_to(Entry.audience, member)))
    if entry is None:
        raise NotFound
    return entry


def list_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Entries changed since then, for the search index."""
    changed = select(Entry) if since is None else select(Entry).where(Entry.changed_at >= since)
    for entry in session.scalars(changed.order_by(Entry.id)):
        yield SearchDocument(
            type="sampleid.entry",
            id=str(entry.id),
            title=entry.title,
            body=entry.text,
            url=f"/sampleid/{entry.id}",
            readers=frozenset(entry.audience),
            changed_at=entry.changed_at,
        )


def find_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these documents the member may read."""
    numbers = [int(number) for _, number in keys]
    readable = select(Entry.id).where(Entry.id.in_(numbers), visible_to(Entry.audience, member))
    return {("sampleid.entry", str(number)) for number in session.scalars(readable)}
