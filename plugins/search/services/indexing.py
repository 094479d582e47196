"""Keeps the index the same as the database: nudges at once, a sweep every minute, a comparison every quarter hour.

Reading takes long and writing is short, so each runs in a transaction of its own: while documents are read nobody
waits for the database, and what is noted about progress is a unit of work of a few rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import delete

from plugins.search.index import (
    IndexBusy,
    IndexNotReady,
    IndexState,
    Key,
    SearchIndex,
    find_version,
)
from plugins.search.models import SearchProgress
from plugins.search.services import changes
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session, unit_of_work, utcnow
from portal.sdk.hooks import ask

BATCH = 100
OVERLAP = timedelta(minutes=2)
COMPARE_EVERY = timedelta(minutes=15)

log = structlog.get_logger(__name__)
# Two indexers at once could each read a document and put the older reading in last.
_turn = threading.Lock()


def index_changes(index: SearchIndex) -> int:
    """Follows the queued changes; gives their number. They stay queued while the index can't be written, and
    during a rebuild, because the new index has to follow them too."""
    with _turn:
        waiting = [(row.id, (row.type, row.thing_id), row.is_deleted) for row in changes.list_changes()]
        is_rebuilding = bool(waiting) and index.status().is_rebuilding
        try:
            _follow(index, [(key, is_deleted) for _, key, is_deleted in waiting])
        except (IndexNotReady, IndexBusy) as reason:
            log.info("search_changes_wait", count=len(waiting), reason=type(reason).__name__)
            return 0
        if waiting and not is_rebuilding:
            with _short_write():
                changes.delete_changes([row_id for row_id, *_ in waiting])
        return len(waiting)


def _follow(index: SearchIndex, waiting: list[tuple[Key, bool]]) -> None:
    """Reads what changed of each plugin; where something went away all of it is compared, because what belonged to
    it went along unannounced."""
    gone = [key for key, is_deleted in waiting if is_deleted]
    if gone:
        index.remove(gone)
    shrunk = {_owner(key) for key in gone}
    touched = {plugin_id for (type, _), _ in waiting for plugin_id in changes.list_concerned(type)}
    for plugin_id in changes.list_owners():
        if plugin_id in shrunk:
            compare_plugin(index, plugin_id)
        elif plugin_id in touched:
            read_plugin(index, plugin_id)


def read_plugin(index: SearchIndex, plugin_id: str) -> None:
    """Takes in what changed of a plugin since it was last read; all of it the first time. Raises IndexNotReady,
    IndexBusy."""
    progress = session.get(SearchProgress, plugin_id)
    if progress is None:
        compare_plugin(index, plugin_id)
        return
    started, compared = utcnow(), progress.compared_at
    with _survive(plugin_id):
        for batch in _batches(list_documents(plugin_id, progress.read_until - OVERLAP)):
            _put(index, batch, index.find_versions(_key(document) for document in batch))
        _note_progress(plugin_id, started, compared)


def compare_plugin(index: SearchIndex, plugin_id: str) -> None:
    """Reads all documents of a plugin, takes in those that differ and drops what is there no more. Raises
    IndexNotReady, IndexBusy."""
    started = utcnow()
    versions = {key: version for key, version in index.list_versions().items() if _owner(key) == plugin_id}
    seen: set[Key] = set()
    with _survive(plugin_id):
        for batch in _batches(list_documents(plugin_id, None)):
            seen.update(_key(document) for document in batch)
            _put(index, batch, versions)
        index.remove(versions.keys() - seen)
        _note_progress(plugin_id, started, started)


def sweep(index: SearchIndex) -> None:
    """Finds what lost nudges left, compares what was not compared for a while, rebuilds what cannot be read."""
    if index.status().state is not IndexState.READY:
        rebuild(index, lambda count: None)
        return
    index_changes(index)
    with _turn:
        for plugin_id in changes.list_owners():
            progress = session.get(SearchProgress, plugin_id)
            is_due = progress is None or progress.compared_at < utcnow() - COMPARE_EVERY
            (compare_plugin if is_due else read_plugin)(index, plugin_id)


def rebuild(index: SearchIndex, progress: Callable[[int], None]) -> int:
    """Makes the index anew from the database, while the old one answers, then follows what changed meanwhile.

    `progress` is told how many documents are done; gives their number. A good index is left alone while no plugin
    in force gives documents: those of plugins that are off don't show, and are there when they come back. Raises
    IndexBusy when another rebuild runs, IndexNotReady when there is no place for an index."""
    status = index.status()
    if status.state is IndexState.READY and not changes.list_owners():
        return status.documents
    started = utcnow()
    complete: list[str] = []
    count = index.rebuild(_list_all_documents(complete), progress)
    with _short_write():
        session.execute(delete(SearchProgress))
        for plugin_id in complete:
            session.add(SearchProgress(plugin_id=plugin_id, read_until=started, compared_at=started))
    index_changes(index)
    with _turn:
        for plugin_id in complete:
            read_plugin(index, plugin_id)
    log.info("search_rebuilt", documents=count)
    return count


def list_documents(plugin_id: str, since: datetime | None) -> Iterator[SearchDocument]:
    """The documents of one plugin that changed at or after a moment, all for None. What the plugin raises passes."""
    for _, documents in ask("portal_search_documents", only=[plugin_id], since=since):
        yield from documents


def _list_all_documents(complete: list[str]) -> Iterator[SearchDocument]:
    """The documents of all plugins in force; `complete` collects the plugins that came to their end."""
    for plugin_id in changes.list_owners():
        with _survive(plugin_id):
            yield from list_documents(plugin_id, None)
            complete.append(plugin_id)


@contextmanager
def _survive(plugin_id: str) -> Iterator[None]:
    """A plugin that breaks while giving its documents is logged and read again by the next sweep."""
    try:
        yield
    except (IndexNotReady, IndexBusy, GeneratorExit):
        raise
    except Exception:
        session.rollback()
        log.exception("search_documents_failed", plugin=plugin_id)


def _put(index: SearchIndex, batch: list[SearchDocument], versions: dict[Key, str]) -> None:
    changed = [one for one in batch if one.readers and versions.get(_key(one)) != find_version(one)]
    if changed:
        index.add(changed)


def _note_progress(plugin_id: str, read_until: datetime, compared_at: datetime) -> None:
    with _short_write():
        session.merge(SearchProgress(plugin_id=plugin_id, read_until=read_until, compared_at=compared_at))


@contextmanager
def _short_write() -> Iterator[None]:
    """A unit of work after the reading has let go of its snapshot, which a writer could not build on."""
    session.rollback()
    with unit_of_work():
        yield


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _key(document: SearchDocument) -> Key:
    return document.type, document.id


def _owner(key: Key) -> str:
    return key[0].partition(".")[0]
