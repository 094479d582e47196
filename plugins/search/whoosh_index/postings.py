"""Whoosh's format for postings, written and read a list at a time instead of posting by posting.

Most of the time of an index goes into postings: a document has about a thousand. Whoosh sorts, pickles and writes
each on its own; here those of one term stay together on all the way.
"""

import pickle
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from heapq import merge
from itertools import accumulate, pairwise
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3PostingsWriter
from whoosh.matching import Matcher

BLOCK = 512
MOST_IN_MEMORY = 200_000
TERMS_AT_ONCE = 256

# Numbers that need no more than so many bits take one, two or four bytes.
WIDTHS = (("B", 8), ("H", 16), ("I", 32))

Posting = tuple[int, float, bytes]
Term = tuple[str, bytes]
Group = tuple[Term, list[Posting]]


def pack(numbers: Sequence[int]) -> bytes:
    """Numbers from 0 on, as narrow as the greatest of them allows."""
    bits = max(numbers, default=0).bit_length()
    width = next(name for name, most in WIDTHS if bits <= most)
    return width.encode() + array(width, numbers).tobytes()


def unpack(packed: bytes) -> "array[int]":
    """What `pack` was given."""
    return array(chr(packed[0]), packed[1:])


class TermPool:
    """Collects postings term by term; what is too much for the memory waits in nameless files of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._groups: dict[Term, list[Posting]] = {}
        self._count = 0
        self._runs: list[IO[bytes]] = []

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Takes in a posting; those of one term come with rising document numbers."""
        name, text, doc, weight, value = item
        self._groups.setdefault((name, text), []).append((doc, weight, value))
        self._count += 1
        if self._count >= MOST_IN_MEMORY:
            self._save()

    def _save(self) -> None:
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (cleanup closes it)
        groups = sorted(self._groups.items(), key=itemgetter(0))
        for start in range(0, len(groups), TERMS_AT_ONCE):
            pickle.dump(groups[start : start + TERMS_AT_ONCE], run, pickle.HIGHEST_PROTOCOL)
        self._runs.append(run)
        self._groups, self._count = {}, 0

    def iter_postings(self) -> Iterator[Group]:
        """Every term with all its postings, in order; earlier runs hold the lower document numbers."""
        rest = sorted(self._groups.items(), key=itemgetter(0))
        last: Group | None = None
        for term, postings in merge(*map(_read_run, self._runs), rest, key=itemgetter(0)):
            if last is not None and last[0] == term:
                last[1].extend(postings)
                continue
            if last is not None:
                yield last
            last = term, postings
        if last is not None:
            yield last

    def cleanup(self) -> None:
        """Lets go of the files."""
        for run in self._runs:
            run.close()
        self._runs, self._groups = [], {}


def _read_run(run: IO[bytes]) -> Iterator[Group]:
    run.seek(0)
    with suppress(EOFError):
        while True:
            yield from pickle.load(run)  # noqa: S301 (our own, never seen by anybody else)


class _PostingsWriter(W3PostingsWriter):
    """Writes the postings of a term in blocks."""

    def add_all(self, postings: list[Posting]) -> None:
        """Takes in all postings of the term that was begun."""
        for start in range(0, len(postings), BLOCK):
            if self._ids:
                self._write_block()
            ids, weights, values = zip(*postings[start : start + BLOCK], strict=True)
            self._ids.extend(ids)
            self._weights.extend(weights)
            self._values = [value for value in values if value]
            self._maxweight = max(weights)

    def _mini_ids(self) -> bytes:
        return pack(self._ids)

    def _mini_weights(self) -> bytes:
        """Weights are counts here."""
        return pack([int(weight) for weight in self._weights])

    def _mini_values(self) -> tuple[bytes, bytes]:
        return pack([len(value) for value in self._values]), b"".join(self._values)


class _FieldWriter(W3FieldWriter):
    """Takes postings as a `TermPool` gives them."""

    _postwriter: Any

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Group]) -> None:
        """Writes all terms of all fields."""
        field = None
        for (name, text), postings in items:
            if name != field:
                self._finish_any()
                self.start_field(name, schema[name])
                field = name
            self.start_term(text)
            self._postwriter.add_all(postings)
            self.finish_term()
        self._finish_any()

    def _finish_any(self) -> None:
        if self._infield:
            self.finish_field()


class BlockMatcher(W3LeafMatcher):
    """Reads postings a block at a time instead of one by one."""

    _ids: Any
    _weights: Any
    _values: Any
    _data: Any

    def _read_ids(self) -> None:
        self._read_block()
        self._ids = unpack(self._data[0])

    def _read_weights(self) -> None:
        self._read_block()
        self._weights = unpack(self._data[1])

    def _read_values(self) -> None:
        self._read_block()
        lengths, values = self._data[2]
        ends = list(accumulate(unpack(lengths), initial=0))
        self._values = [values[start:end] for start, end in pairwise(ends)] or [b""] * len(unpack(self._data[0]))

    def _read_block(self) -> None:
        if self._data is None:
            self._read_data()

    def read_counts(self) -> dict[int, int]:
        """How often the term occurs in each document, deleted documents included."""
        found: dict[int, int] = {}
        while self.is_active():
            self._read_ids()
            self._read_weights()
            found.update(zip(self._ids, self._weights, strict=True))
            self._next_block()
        return found

    def read_positions(self, wanted: AbstractSet[int]) -> dict[int, Sequence[int]]:
        """Where the term stands in those of some documents that hold it."""
        found: dict[int, Sequence[int]] = {}
        while self.is_active():
            self._read_ids()
            if not wanted.isdisjoint(self._ids):
                self._read_values()
                pairs = zip(self._ids, self._values, strict=True)
                found.update((doc, unpack(value)) for doc, value in pairs if doc in wanted)
            self._next_block()
        return found


class LeanCodec(W3Codec):
    """Whoosh's format without what only its own scoring needs, in larger blocks, as we always read all postings; plain
    instead of compressed, as unpacking would take most of the time of a search."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Writes the terms of a segment."""
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        """Writes the postings of a field."""
        return _PostingsWriter(dbfile, blocklimit=BLOCK, byteids=byteids, compression=0)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Matcher:
        """The postings of a term."""
        offset, length = terminfo.extent()
        return BlockMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
