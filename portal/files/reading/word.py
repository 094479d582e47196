"""Paragraphs and tables of Word documents, headers and footers included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph


def read_pages(source: Path) -> Iterator[str]:
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
