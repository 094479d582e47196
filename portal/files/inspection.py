"""Decides whether an upload is accepted: by its extension, by its content, and by how large it would become."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filetype

from portal.files.archives import check_office, check_open_document
from portal.files.decoding import decode_text
from portal.files.kinds import Family, FileType, find_file_type
from portal.files.names import extension_of
from portal.files.refusals import damaged, moving, too_large, too_many_pixels, unknown_kind
from portal.files.sandbox import ChildFailed, run_in_child

MAX_TEXT_BYTES = 16 * 1024 * 1024
SNIFFED_BYTES = 8192
SECONDS = 15
PDF_MARK = b"%PDF-"


@dataclass(frozen=True)
class Inspected:
    """An accepted upload; ``width`` and ``height`` in pixels for pictures."""

    file_type: FileType
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether it is a picture, which is made anew before anyone sees it."""
        return self.file_type.family is Family.IMAGE


def require_file_type(name: str) -> FileType:
    """The kind of file that the name's extension promises. Raises Invalid if the portal doesn't accept it."""
    found = find_file_type(extension_of(name))
    if found is None:
        raise unknown_kind()
    return found


def inspect(source: Path, name: str, folder: Path) -> Inspected:
    """Look into the file ``source``, which was uploaded as ``name``; ``folder`` is for intermediate files.

    Raises Invalid with a text for the user if it is not, in full, what its extension says."""
    file_type = require_file_type(name)
    if file_type.family is Family.IMAGE:
        return _inspect_image(source, file_type, folder)
    if file_type.family is Family.PDF:
        _inspect_pdf(source, folder)
    elif file_type.family is Family.OFFICE:
        check_office(source, file_type)
    elif file_type.family is Family.OPEN_DOCUMENT:
        check_open_document(source, file_type)
    else:
        _inspect_text(source)
    return Inspected(file_type)


def _inspect_image(source: Path, file_type: FileType, folder: Path) -> Inspected:
    found = _measure("portal.files.images", source, folder)
    if found["format"] not in file_type.formats:
        raise damaged()
    if found["width"] * found["height"] > file_type.max_megapixels * 1_000_000:
        raise too_many_pixels(file_type.max_megapixels)
    if found["frames"] > 1:
        raise moving()
    return Inspected(file_type, found["width"], found["height"])


def _inspect_pdf(source: Path, folder: Path) -> None:
    with source.open("rb") as content:
        if content.read(len(PDF_MARK)) != PDF_MARK:
            raise damaged()
    _measure("portal.files.reading.pdf", source, folder)


def _measure(module: str, source: Path, folder: Path) -> dict[str, Any]:
    try:
        return run_in_child(module, "measure", source, folder, SECONDS)
    except ChildFailed as error:
        raise damaged() from error


def _inspect_text(source: Path) -> None:
    if source.stat().st_size > MAX_TEXT_BYTES:
        raise too_large(MAX_TEXT_BYTES // 1024**2)
    content = source.read_bytes()
    if filetype.guess(content[:SNIFFED_BYTES]) is not None or decode_text(content) is None:
        raise damaged()
