"""What every storage can do, and how files are named in it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

CHUNK_BYTES = 256 * 1024
KEY_PATTERN = re.compile(r"[0-9a-f]{32}(\.s?[0-9]{1,5}\.(webp|jpg))?")


class Missing(Exception):
    """The storage holds nothing under this key."""


@dataclass(frozen=True)
class Stored:
    """A file that is completely and durably written; ``size`` in bytes."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Listed:
    """A file found in the storage, for sweeps; ``size`` in bytes."""

    key: str
    size: int
    modified_at: datetime


class Storage(Protocol):
    """Keeps files under random keys. A file is either complete or absent; nothing is ever seen half written."""

    def put(self, stream: BinaryIO, key: str | None = None) -> Stored:
        """Write the rest of ``stream`` under ``key`` (a new random one unless given), replacing what was there."""
        ...

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Chunks of the file from byte ``start`` on, at most ``length`` bytes. Raises Missing before the first."""
        ...

    def size(self, key: str) -> int:
        """Size in bytes. Raises Missing."""
        ...

    def exists(self, key: str) -> bool:
        """Whether there is a complete file under ``key``."""
        ...

    def delete(self, key: str) -> None:
        """Remove the file; nothing happens if it is absent."""
        ...

    def list_files(self) -> Iterator[Listed]:
        """Every complete file, in no particular order."""
        ...

    def delete_unfinished(self, before: datetime) -> int:
        """Remove what writes that were cut off before ``before`` left behind, and say how many."""
        ...

    def check(self) -> None:
        """Return if the storage answers and can be written. Raises OSError otherwise."""
        ...


def new_key() -> str:
    """A random key of 128 bits, which says nothing about the file."""
    return secrets.token_hex(16)


def checked_key(key: str) -> str:
    """The key itself. Raises ValueError unless it has the form that :func:`new_key` makes (or a thumbnail's)."""
    if not KEY_PATTERN.fullmatch(key):
        raise ValueError(f"not a storage key: {key!r}")
    return key


class HashingReader:
    """Hands on the chunks of a stream while counting and hashing them."""

    def __init__(self, stream: BinaryIO, chunk_bytes: int = CHUNK_BYTES) -> None:
        self._stream, self._chunk_bytes = stream, chunk_bytes
        self._sha256, self._size = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._stream.read(self._chunk_bytes):
            self._sha256.update(chunk)
            self._size += len(chunk)
            yield chunk

    def stored(self, key: str) -> Stored:
        """What was read so far, as a stored file."""
        return Stored(key, self._size, self._sha256.hexdigest())
