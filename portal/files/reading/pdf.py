"""PDF files, through PDFium. Runs in the child process only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from portal.files.child import serve

NEEDS_PASSWORD = 4


def measure(source: Path, folder: Path) -> dict[str, Any]:
    """The number of pages, and whether the file asks for a password. Raises PdfiumError if it is no PDF."""
    try:
        with pypdfium2.PdfDocument(source) as document:
            return {"pages": len(document), "locked": False}
    except pypdfium2.PdfiumError as error:
        if error.err_code != NEEDS_PASSWORD:
            raise
        return {"pages": 0, "locked": True}


def read_pages(source: Path) -> Iterator[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()


if __name__ == "__main__":
    serve(measure=measure)
