"""Files in a folder, each written aside, synced, then renamed into place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
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

INCOMING = "incoming"


class LocalStorage:
    """Keeps files below ``root`` in two levels of folders, readable by the portal's own user only."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._incoming = self._root / INCOMING
        self._make_folder(self._incoming)

    def put(self, stream: BinaryIO, key: str | None = None) -> Stored:
        """Write, sync the file, rename it and sync its folder: after the return a power cut takes nothing away."""
        target = self._path(key or new_key())
        draft = self._incoming / new_key()
        try:
            stored = self._write(draft, HashingReader(stream), target.name)
            self._make_folder(target.parent)
            draft.rename(target)
            _sync_folder(target.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return stored

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Chunks of the file; it is opened at once, so that a missing one is noticed before anything is sent."""
        try:
            source = self._path(key).open("rb")
        except FileNotFoundError:
            raise Missing(key) from None
        source.seek(start)
        return _chunks(source, length)

    def size(self, key: str) -> int:
        """Size in bytes. Raises Missing."""
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            raise Missing(key) from None

    def exists(self, key: str) -> bool:
        """Whether there is a complete file under ``key``."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove the file; nothing happens if it is absent."""
        self._path(key).unlink(missing_ok=True)

    def list_files(self) -> Iterator[Listed]:
        """Every complete file."""
        for path in self._root.glob("??/??/*"):
            try:
                status = path.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            yield Listed(path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def delete_unfinished(self, before: datetime) -> int:
        """Remove drafts that nobody has written to since ``before``, and say how many."""
        stale = [path for path in self._incoming.iterdir() if path.stat().st_mtime < before.timestamp()]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def check(self) -> None:
        """Return if the folder can be written. Raises OSError otherwise."""
        if not os.access(self._incoming, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(f"the folder {self._root} can't be written")

    def _path(self, key: str) -> Path:
        name = checked_key(key)
        return self._root / name[:2] / name[2:4] / name

    def _write(self, draft: Path, reader: HashingReader, key: str) -> Stored:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb") as target:
            target.writelines(reader)
            target.flush()
            os.fsync(target.fileno())
        return reader.stored(key)

    def _make_folder(self, folder: Path) -> None:
        """Make the folder and its parents, each entered durably into the one above."""
        if folder.is_dir():
            return
        if folder != self._root:
            self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, parents=folder == self._root, exist_ok=True)
        _sync_folder(folder.parent)


def _chunks(source: BinaryIO, length: int | None) -> Iterator[bytes]:
    with source:
        left = float("inf") if length is None else length
        while left > 0 and (chunk := source.read(int(min(CHUNK_BYTES, left)))):
            left -= len(chunk)
            yield chunk


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
