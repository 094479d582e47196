"""The kinds of file that the portal accepts. What is not in this list is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How a file is looked into."""

    IMAGE = "image"
    PDF = "pdf"
    OFFICE = "office"
    OPEN_DOCUMENT = "open_document"
    TEXT = "text"


@dataclass(frozen=True)
class FileType:
    """A kind of file. ``formats`` are Pillow's names of it; an Office file is built on its ``main_part``."""

    extension: str
    media_type: str
    family: Family
    formats: frozenset[str] = frozenset()
    main_part: str = ""
    max_megapixels: int = 40


THUMBNAIL_WIDTHS = (320, 800, 1600)
# A part of a portrait, cut out: side by side in lists, on pages, large; and one in a format that address books know.
SQUARE_SIDES = (96, 192, 384, 768)
CARD_SIDE = 384
OPENXML = "application/vnd.openxmlformats-officedocument."
OASIS = "application/vnd.oasis.opendocument."

FILE_TYPES = (
    FileType("pdf", "application/pdf", Family.PDF),
    FileType("docx", OPENXML + "wordprocessingml.document", Family.OFFICE, main_part="word/document.xml"),
    FileType("pptx", OPENXML + "presentationml.presentation", Family.OFFICE, main_part="ppt/presentation.xml"),
    FileType("xlsx", OPENXML + "spreadsheetml.sheet", Family.OFFICE, main_part="xl/workbook.xml"),
    FileType("odt", OASIS + "text", Family.OPEN_DOCUMENT),
    FileType("odp", OASIS + "presentation", Family.OPEN_DOCUMENT),
    FileType("ods", OASIS + "spreadsheet", Family.OPEN_DOCUMENT),
    FileType("txt", "text/plain", Family.TEXT),
    FileType("md", "text/markdown", Family.TEXT),
    FileType("csv", "text/csv", Family.TEXT),
    FileType("jpg", "image/jpeg", Family.IMAGE, frozenset({"JPEG", "MPO"})),
    FileType("png", "image/png", Family.IMAGE, frozenset({"PNG"})),
    FileType("webp", "image/webp", Family.IMAGE, frozenset({"WEBP"}), max_megapixels=12),
    FileType("gif", "image/gif", Family.IMAGE, frozenset({"GIF"})),
    FileType("heic", "image/heic", Family.IMAGE, frozenset({"HEIF"}), max_megapixels=25),
)
ALIASES = {"jpeg": "jpg", "jpe": "jpg", "heif": "heic", "markdown": "md", "text": "txt"}
_BY_EXTENSION = {one.extension: one for one in FILE_TYPES}


def find_file_type(extension: str) -> FileType | None:
    """The accepted kind with this extension (lower case, aliases such as ``jpeg`` included), or None."""
    return _BY_EXTENSION.get(ALIASES.get(extension, extension))


def accepted_extensions() -> list[str]:
    """Every extension for the ``accept`` attribute of a file field."""
    return [*_BY_EXTENSION, *ALIASES]
