"""One module for each family of documents, read in only where it is needed: their libraries take long to load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

MAX_ROWS = 50_000
MODULES = {
    "pdf": "pdf",
    "docx": "word",
    "pptx": "slides",
    "xlsx": "workbook",
    "odt": "open_document",
    "odp": "open_document",
    "ods": "open_document",
    "txt": "plain",
    "md": "plain",
    "csv": "table",
}


def find_reader(extension: str) -> Callable[[Path], Iterator[str]]:
    """What gives the text of a document with this extension, page by page. Raises KeyError for another."""
    reader: Callable[[Path], Iterator[str]] = import_module(f"{__name__}.{MODULES[extension]}").read_pages
    return reader
