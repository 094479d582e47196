"""Files in an S3 bucket, or in anything that speaks S3, through obstore."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from portal.files.storage.protocol import HashingReader, Listed, Missing, Stored, checked_key, new_key

if TYPE_CHECKING:
    from obstore import GetOptions

PART_BYTES = 5 * 1024 * 1024
READ_BYTES = 1024 * 1024


class BucketStorage:
    """Keeps files in a bucket. Credentials come from the usual ``AWS_*`` variables. The bucket stays private:
    the portal reads the files and passes them on after its own access check.

    An upload cut off in the middle leaves invisible parts, which a lifecycle rule of the bucket should remove
    (AbortIncompleteMultipartUpload, Amazon S3 user guide)."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    def put(self, stream: BinaryIO, key: str | None = None) -> Stored:
        """Upload; the object appears only when its last byte has arrived."""
        key, reader = checked_key(key or new_key()), HashingReader(stream, PART_BYTES)
        parts = iter(reader)
        first, second = next(parts, b""), next(parts, None)
        with _storage_errors():
            if second is None:
                obstore.put(self._store, key, first, use_multipart=False)
            else:
                obstore.put(self._store, key, chain((first, second), parts), chunk_size=PART_BYTES, max_concurrency=2)
        return reader.stored(key)

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Chunks of the object. Raises Missing before the first one."""
        if length == 0:
            self.size(key)
            return iter(())
        options: GetOptions = {}
        if start or length:
            options = {"range": {"offset": start} if length is None else (start, start + length)}
        with _storage_errors(key):
            result = obstore.get(self._store, checked_key(key), options=options)
        return (bytes(chunk) for chunk in result.stream(min_chunk_size=READ_BYTES))

    def size(self, key: str) -> int:
        """Size in bytes. Raises Missing."""
        with _storage_errors(key):
            return obstore.head(self._store, checked_key(key))["size"]

    def exists(self, key: str) -> bool:
        """Whether there is an object under ``key``."""
        try:
            return self.size(key) >= 0
        except Missing:
            return False

    def delete(self, key: str) -> None:
        """Remove the object; nothing happens if it is absent."""
        with _storage_errors():
            obstore.delete(self._store, checked_key(key))

    def list_files(self) -> Iterator[Listed]:
        """Every object below the prefix."""
        for page in obstore.list(self._store, chunk_size=500):
            for found in page:
                yield Listed(found["path"].rsplit("/", 1)[-1], found["size"], found["last_modified"])

    def delete_unfinished(self, before: datetime) -> int:
        """Unfinished uploads are the bucket's lifecycle rule's matter; nothing is removed here."""
        return 0

    def check(self) -> None:
        """Return if the bucket answers. Raises OSError otherwise."""
        with _storage_errors():
            next(iter(obstore.list(self._store, chunk_size=1)), None)


@contextmanager
def _storage_errors(key: str | None = None) -> Iterator[None]:
    """Turns obstore's errors into those of the protocol: Missing for ``key``, OSError for the rest."""
    try:
        yield
    except (FileNotFoundError, NotFoundError) as error:
        if key is None:
            raise OSError("the bucket does not exist") from error
        raise Missing(key) from None
    except BaseError as error:
        raise OSError(f"the object storage does not answer: {type(error).__name__}") from error
