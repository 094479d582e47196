"""Reading one stratum: Whoosh's segments, with the small figures about each document kept at hand.

Whoosh's own searcher is not used. Its statistics count deleted documents and depend on how segments were
merged, and its refreshed readers keep merged segments alive. Here a score depends on nothing but the
documents that are there.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import SegmentReader, TermNotFound

from plugins.search.index import Key
from plugins.search.whoosh_index.postings import BlockMatcher
from plugins.search.whoosh_index.schema import NO_DATE, SCHEMA, SEPARATOR, Record, key_term

INDEX_NAME = "MAIN"
SCORED = ("title", "body", "parts")
FILTERS_KEPT = 64
COUNTS_KEPT = 16

Facet = tuple[str, str]


class TidyStorage(FileStorage):
    """Knows the files it has opened: Whoosh leaves them open when what it reads makes no sense."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, readonly=True)
        self._opened: WeakSet[Any] = WeakSet()

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Opens a file for reading."""
        file = super().open_file(name, **kwargs)
        self._opened.add(file)
        return file

    def close_files(self) -> None:
        """Closes whatever is still open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


class DocumentFigures:
    """What scoring needs of each document of a segment; deletions do not change it, so it outlives
    commits."""

    def __init__(self, reader: Any) -> None:
        count = range(reader.doc_count_all())
        self.lengths = {name: array("i", (_length(reader, doc, name) for doc in count)) for name in SCORED}
        self.orders = _column(reader, "order", 0)
        self.places = _column(reader, "place", 0)
        self.dates = _column(reader, "date", NO_DATE)
        self.by_order = sorted(count, key=self.orders.__getitem__)
        identities = reader.column_reader("identity")
        self.keys: list[Key] = [_read_identity(identities[doc])[0] for doc in count]
        self.facets: list[tuple[Facet, ...]] = [()] * len(count)
        for term in reader.lexicon("facet"):
            name, _, value = term.decode().partition(SEPARATOR)
            for doc in reader.postings("facet", term).all_ids():
                self.facets[doc] += ((name, value),)


class SegmentView:
    """One segment as it was at one commit."""

    def __init__(self, storage: FileStorage, segment: Any, generation: int, figures: DocumentFigures | None) -> None:
        self.reader = SegmentReader(storage, SCHEMA, segment, generation=generation)
        self.deleted = frozenset(segment.deleted_docs())
        self.figures = figures or DocumentFigures(self.reader)
        self.count = segment.doc_count_all() - len(self.deleted)
        # How often a term occurs in each living document that holds it; kept for the words of one query.
        self.find_counts = lru_cache(maxsize=COUNTS_KEPT)(self._find_counts)
        self.find_allowed = lru_cache(maxsize=FILTERS_KEPT)(self._find_allowed)

    def _find_counts(self, field: str, term: str) -> dict[int, int]:
        matcher = self._find_matcher(field, term)
        found = matcher.read_counts() if matcher else {}
        for doc in self.deleted & found.keys():
            del found[doc]
        return found

    def find_positions(self, field: str, term: str, docs: AbstractSet[int]) -> dict[int, Sequence[int]]:
        """The positions of the term in those of some living documents that hold it."""
        matcher = self._find_matcher(field, term)
        return matcher.read_positions(docs) if matcher else {}

    def list_terms(self, field: str, beginning: str) -> list[str]:
        """The terms of a field that begin so."""
        return [term.decode() for term in self.reader.expand_prefix(field, beginning.encode())]

    def _find_matcher(self, field: str, term: str) -> BlockMatcher | None:
        try:
            matcher: Any = self.reader.postings(field, term.encode())
        except TermNotFound:
            return None
        return matcher.child if isinstance(matcher, FilterMatcher) else matcher

    def _find_allowed(self, principals: frozenset[str]) -> frozenset[int]:
        """The living documents that name at least one of these principals as reader."""
        return frozenset(doc for name in principals for doc in self.find_counts("readers", name))

    def list_in_order(self) -> Iterator[int]:
        """Every living document, in the order of numbers that depend on nothing but the documents' names."""
        return (doc for doc in self.figures.by_order if doc not in self.deleted)

    def read_record(self, doc: int) -> Record:
        """What was stored of a document."""
        return self.reader.stored_fields(doc)["record"]

    def list_identities(self) -> Iterator[tuple[Key, str]]:
        """Key and version of every living document."""
        return self._read_identities(doc for doc in range(self.reader.doc_count_all()) if doc not in self.deleted)

    def find_identities(self, keys: Iterable[Key]) -> Iterator[tuple[Key, str]]:
        """Key and version of the living documents with these keys."""
        return self._read_identities(doc for key in keys for doc in self.find_counts("key", key_term(key)))

    def _read_identities(self, docs: Iterable[int]) -> Iterator[tuple[Key, str]]:
        column = self.reader.column_reader("identity")
        for doc in docs:
            yield _read_identity(column[doc])

    def close(self) -> None:
        """Closes the files of the segment."""
        self.reader.close()


class StratumReader:
    """All segments of one stratum; `refresh` follows the writer and reopens only what has changed."""

    def __init__(self, folder: str) -> None:
        self.storage = TidyStorage(folder)
        self.generation = -1
        self.views: dict[str, SegmentView] = {}

    def refresh(self) -> None:
        """Takes in what was committed since the last look."""
        latest = TOC._latest_generation(self.storage, INDEX_NAME)
        if latest < 0:
            raise EmptyIndexError(f"no index in {self.storage.folder}")
        if latest == self.generation:
            return
        toc = TOC.read(self.storage, INDEX_NAME, schema=SCHEMA)
        views = {segment.segment_id(): self._view(segment, toc.generation) for segment in toc.segments}
        outdated = [view for view in self.views.values() if view not in views.values()]
        self.views, self.generation = views, toc.generation
        for view in outdated:
            view.close()

    def _view(self, segment: Any, generation: int) -> SegmentView:
        known = self.views.get(segment.segment_id())
        if known and known.deleted == frozenset(segment.deleted_docs()):
            return known
        return SegmentView(self.storage, segment, generation, known.figures if known else None)

    def close(self) -> None:
        """Closes everything."""
        self.storage.close_files()
        self.views = {}


def _read_identity(value: bytes) -> tuple[Key, str]:
    kind, name, version = value.decode().split(SEPARATOR)
    return (sys.intern(kind), name), version


def _length(reader: Any, doc: int, name: str) -> int:
    return reader.doc_field_length(doc, name, 0) or 0


def _column(reader: Any, name: str, default: int) -> "array[int]":
    count = range(reader.doc_count_all())
    if not reader.has_column(name):
        return array("q", (default for _ in count))
    column = reader.column_reader(name)
    return array("q", (column[doc] for doc in count))
