"""Text of OpenDocument files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from defusedxml.ElementTree import iterparse

TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW_PAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}page"
SHEET = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table"


def read_pages(source: Path) -> Iterator[str]:
    """Paragraphs and headings of an OpenDocument file, page by page where it has slides or sheets."""
    lines: list[str] = []
    with zipfile.ZipFile(source) as archive, archive.open("content.xml") as content:
        for _, element in iterparse(content):
            if element.tag in (TEXT_NS + "p", TEXT_NS + "h"):
                lines.append("".join(element.itertext()))
            elif element.tag in (DRAW_PAGE, SHEET):
                yield "\n".join(lines)
                lines.clear()
                element.clear()
    yield "\n".join(lines)
