"""Text and notes of PowerPoint files, slide by slide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pptx


def read_pages(source: Path) -> Iterator[str]:
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
