"""The queue of changes: filled when things are saved or deleted, emptied by the indexer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select

from plugins.search.models import SearchChange
from portal.sdk.database import session
from portal.sdk.hooks import contributions, effective_plugins

MOST_AT_ONCE = 1_000


def note_change(type: str, thing_id: str, *, is_deleted: bool) -> bool:
    """Queues a change. False for things that no document is about, which need no indexing."""
    if not list_concerned(type):
        return False
    session.add(SearchChange(type=type, thing_id=thing_id, is_deleted=is_deleted))
    session.flush()
    return True


def list_owners() -> list[str]:
    """The plugins in force that give search documents."""
    return [plugin_id for plugin_id, _ in contributions("portal_search_types")]


def list_concerned(type: str) -> list[str]:
    """The plugins whose documents may be about things of this type: the one that owns it, or any of them for things
    of the core (the text of a file belongs to what the file hangs on)."""
    room, owners = type.partition(".")[0], list_owners()
    if room in effective_plugins():
        return [room] if room in owners else []
    return owners


def list_changes() -> Sequence[SearchChange]:
    """The oldest changes that wait."""
    return session.scalars(select(SearchChange).order_by(SearchChange.id).limit(MOST_AT_ONCE)).all()


def count_changes() -> int:
    """How many changes wait."""
    return session.scalar(select(func.count()).select_from(SearchChange)) or 0


def delete_changes(ids: Collection[int]) -> None:
    """Takes changes off the queue once the index has followed them."""
    session.execute(delete(SearchChange).where(SearchChange.id.in_(ids)))
