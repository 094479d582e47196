"""Text out of documents. Runs in the child process only.

Pages (of a PDF), slides and sheets are separated by a form feed, so a place in the text tells its page."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from defusedxml.ElementTree import iterparse
from docx.table import Table
from docx.text.paragraph import Paragraph

from portal.files.child import serve
from portal.files.decoding import PAGE_BREAK, decode_text
from portal.files.pdf import read_pages

MAX_CHARACTERS = 2_000_000
MAX_PAGES = 3_000
MAX_ROWS = 50_000
TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW_PAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}page"
SHEET = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table"


def extract(source: Path, folder: Path) -> dict[str, Any]:
    """The text of the document, whose kind its extension tells; ``cut`` says that it was longer than the limit."""
    pages = READERS[source.suffix.lstrip(".")](source)
    text, left = [], MAX_CHARACTERS
    for page in islice(pages, MAX_PAGES):
        text.append(tidy(page)[:left])
        left -= len(text[-1]) + 1
        if left <= 0:
            break
    return {"text": PAGE_BREAK.join(text).rstrip(), "cut": left <= 0}


def tidy(text: str) -> str:
    """Text fit for storing and searching: words hyphenated at a line's end joined, ligatures and controls resolved."""
    text = re.sub("[\\u00ad\\u0002\\ufffe]+[ \\t]*\\r?\\n?", "", text)
    text = re.sub(r"(?<=\w)-[ \t]*\r?\n(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|and|or)\b)", "", text)
    text = unicodedata.normalize(
        "NFC", re.sub("[\\ufb00-\\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text)
    )
    text = "".join(one if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Cn") else " " for one in text)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _read_docx(source: Path) -> Iterator[str]:
    document = docx.Document(str(source))
    edges = [part for section in document.sections for part in (section.header, section.footer)]
    bodies = [document, *(part for part in edges if not part.is_linked_to_previous)]
    yield "\n".join(line for body in bodies for line in _docx_lines(body.iter_inner_content()))


def _docx_lines(content: Iterable[Paragraph | Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            yield " ".join(" ".join(_docx_lines(cell.iter_inner_content())) for cell in dict.fromkeys(row.cells))


def _read_pptx(source: Path) -> Iterator[str]:
    for slide in pptx.Presentation(str(source)).slides:
        lines = list(_shape_lines(slide.shapes))
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        yield "\n".join([*lines, notes.text if notes else ""])


def _shape_lines(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shape_lines(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False):
            yield from (" ".join(cell.text for cell in row.cells) for row in shape.table.rows)


def _read_xlsx(source: Path) -> Iterator[str]:
    workbook = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        rows = islice(sheet.iter_rows(values_only=True), MAX_ROWS)
        yield "\n".join([sheet.title, *(" ".join(_cells(row)) for row in rows)])
    workbook.close()


def _cells(row: Iterable[Any]) -> Iterator[str]:
    return (str(value) for value in row if value is not None)


def _read_open_document(source: Path) -> Iterator[str]:
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


def _read_text(source: Path) -> Iterator[str]:
    yield decode_text(source.read_bytes()) or ""


def _read_csv(source: Path) -> Iterator[str]:
    text = decode_text(source.read_bytes()) or ""
    dialect = ";" if text.partition("\n")[0].count(";") else ","
    yield "\n".join(" ".join(row) for row in islice(csv.reader(io.StringIO(text), delimiter=dialect), MAX_ROWS))


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": read_pages,
    "docx": _read_docx,
    "pptx": _read_pptx,
    "xlsx": _read_xlsx,
    "odt": _read_open_document,
    "odp": _read_open_document,
    "ods": _read_open_document,
    "txt": _read_text,
    "md": _read_text,
    "csv": _read_csv,
}


if __name__ == "__main__":
    serve(extract=extract)
