"""Files that the editorial office brings along, made by the tests."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from PIL import Image


def write_minutes(folder: Path, text: str) -> Path:
    """A Word document that says this."""
    path = folder / "protokoll.docx"
    document = Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


def write_photo(folder: Path, name: str, colour: str) -> Path:
    """A photo of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(content, "JPEG")
    path = folder / f"{name}.jpg"
    path.write_bytes(content.getvalue())
    return path
