"""Taking in a file before it belongs to anything: received, looked into and stored, without the database.

That takes seconds for a large file. It is done before the unit of work begins to write, so that nobody waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from portal.errors import Unavailable
from portal.files import refusals
from portal.files.inspection import Inspected, inspect, require_file_type
from portal.files.models import Kind
from portal.files.names import clean_name
from portal.files.storage import Stored
from portal.files.store import current_storage, max_upload_megabytes

CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class Received:
    """A file that was accepted and stored; a sweep removes it after a day unless a row points at it by then."""

    name: str
    kind: Kind
    stored: Stored
    inspected: Inspected


def receive_file(stream: BinaryIO, file_name: str, kind: Kind = Kind.DOCUMENT) -> Received:
    """Take in the file ``stream`` for :func:`create_attachment`; call it before anything is written.

    Raises Invalid if the file is not accepted, Unavailable if it can't be stored."""
    name = clean_name(file_name)
    require_file_type(name)
    with TemporaryDirectory(prefix="portal-upload-") as folder:
        source = Path(folder) / "upload"
        _copy(stream, source, max_upload_megabytes())
        inspected = inspect(source, name, Path(folder))
        if kind == Kind.PHOTO and not inspected.is_image:
            raise refusals.not_a_picture()
        return Received(name, kind, _store(source), inspected)


def _copy(stream: BinaryIO, target: Path, megabytes: int) -> None:
    """Write the upload aside, no more of it than is allowed. Raises Invalid if it is empty or larger."""
    left = megabytes * 1_000_000
    with target.open("wb") as copy:
        while chunk := stream.read(CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                raise refusals.too_large(megabytes)
            copy.write(chunk)
        if not copy.tell():
            raise refusals.empty()


def _store(source: Path) -> Stored:
    try:
        with source.open("rb") as content:
            return current_storage().put(content)
    except OSError as error:
        raise Unavailable("The file could not be stored. Please try again later.") from error
