"""Files in memory: the twin of the real storages, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from portal.files.storage.protocol import (
    CHUNK_BYTES,
    HashingReader,
    Listed,
    Missing,
    Stored,
    checked_key,
    new_key,
)


class MemoryStorage:
    """Keeps files in a dictionary; they vanish with the process."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[bytes, datetime]] = {}

    def put(self, stream: BinaryIO, key: str | None = None) -> Stored:
        """Keep the rest of ``stream`` under ``key``."""
        key, reader = checked_key(key or new_key()), HashingReader(stream)
        self._files[key] = b"".join(reader), datetime.now(UTC)
        return reader.stored(key)

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Chunks of the file. Raises Missing."""
        content = self._content(key)[start:]
        content = content if length is None else content[:length]
        return (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))

    def size(self, key: str) -> int:
        """Size in bytes. Raises Missing."""
        return len(self._content(key))

    def exists(self, key: str) -> bool:
        """Whether there is a file under ``key``."""
        return checked_key(key) in self._files

    def delete(self, key: str) -> None:
        """Forget the file; nothing happens if it is absent."""
        self._files.pop(checked_key(key), None)

    def list_files(self) -> Iterator[Listed]:
        """Every file."""
        for key, (content, written_at) in list(self._files.items()):
            yield Listed(key, len(content), written_at)

    def delete_unfinished(self, before: datetime) -> int:
        """Nothing can be unfinished in memory."""
        return 0

    def check(self) -> None:
        """Memory always answers."""

    def _content(self, key: str) -> bytes:
        if checked_key(key) not in self._files:
            raise Missing(key)
        return self._files[key][0]
