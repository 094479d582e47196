"""Writing: one batch into the strata of a build, or a whole build from a stream of documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from plugins.search.index import Key
from plugins.search.strata import Stratum, stratum_of
from plugins.search.whoosh_index.postings import LeanCodec, TermPool
from plugins.search.whoosh_index.schema import SCHEMA, key_term, make_fields
from plugins.search.whoosh_index.segments import INDEX_NAME, StratumReader
from portal.sdk.contributions import SearchDocument

GROWTH = 3
MOST_DELETED = 0.25
REPORT_EVERY = 50


def build_strata(build: Path, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
    """Fills an empty build; a key that comes twice counts once. Returns the number of documents."""
    writers = {stratum: _open_writer(_create(build / stratum)) for stratum in Stratum}
    seen: set[Key] = set()
    for document in documents:
        key = document.type, document.id
        if key not in seen:
            seen.add(key)
            writers[stratum_of(document.readers)].add_document(**make_fields(document))
            if len(seen) % REPORT_EVERY == 0:
                progress(len(seen))
    for writer in writers.values():
        writer.commit(merge=False)
    progress(len(seen))
    return len(seen)


def _create(folder: Path) -> FileIndex:
    folder.mkdir(mode=0o700)
    return FileIndex.create(FileStorage(str(folder)), SCHEMA, INDEX_NAME)


def _open_writer(index: FileIndex) -> Any:
    """Compound segments would be read into memory as a whole."""
    writer: Any = index.writer(codec=LeanCodec(), compound=False)
    writer.pool = TermPool(Path(writer.storage.folder))
    return writer


def write_batch(build: Path, documents: Iterable[SearchDocument], removed: Iterable[Key]) -> None:
    """Replaces and removes documents. What leaves a stratum leaves it before it appears in another."""
    latest = {(document.type, document.id): document for document in documents}
    places: dict[Stratum, dict[Key, SearchDocument]] = defaultdict(dict)
    for key, document in latest.items():
        places[stratum_of(document.readers)][key] = document
    gone = [*latest, *removed]
    for stratum in Stratum:
        _write_stratum(build / stratum, [key for key in gone if key not in places[stratum]], [])
    for stratum, kept in places.items():
        _write_stratum(build / stratum, list(kept), list(kept.values()))


def _write_stratum(folder: Path, gone: list[Key], added: list[SearchDocument]) -> None:
    reader = StratumReader(str(folder))
    try:
        reader.refresh()
        doomed = _find_documents(reader, gone)
    finally:
        reader.close()
    if doomed or added:
        _commit(FileIndex(FileStorage(str(folder)), SCHEMA, INDEX_NAME), doomed, added)


def _find_documents(reader: StratumReader, keys: list[Key]) -> dict[str, list[int]]:
    """Where documents with these keys live: segment id to document numbers."""
    found: dict[str, list[int]] = {}
    for name, view in reader.views.items():
        docs = [doc for key in keys for doc in view.find_counts("key", key_term(key))]
        if docs:
            found[name] = docs
    return found


def _commit(index: FileIndex, doomed: dict[str, list[int]], added: list[SearchDocument]) -> None:
    writer = _open_writer(index)
    try:
        for segment in writer.segments:
            for doc in doomed.get(segment.segment_id(), ()):
                segment.delete_document(doc)
        for document in added:
            writer.add_document(**make_fields(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merge_segments)


def merge_segments(writer: Any, segments: list[Any]) -> list[Any]:
    """Keeps segments few: each is at least three times what is smaller than it, and at most a quarter
    deleted."""
    kept = []
    gathered = max(writer.doc_count(), 1)
    for segment in sorted(segments, key=_count_living):
        living = _count_living(segment)
        if not living:
            continue
        if living < GROWTH * gathered or segment.deleted_count() > MOST_DELETED * segment.doc_count_all():
            _take_in(writer, segment)
            gathered += living
        else:
            kept.append(segment)
    return kept


def _take_in(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    try:
        writer.add_reader(reader)
    finally:
        reader.close()


def _count_living(segment: Any) -> int:
    return segment.doc_count_all() - segment.deleted_count()
