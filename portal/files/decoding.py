"""Plain text, whose encoding nobody tells."""

from __future__ import annotations

import codecs
import re

# Stands between pages, slides and sheets of an extracted text.
PAGE_BREAK = "\f"
BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decode_text(content: bytes) -> str | None:
    """The text in UTF-8, UTF-16 with a mark, or Windows-1252; None if the bytes are no text."""
    marked = [name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if BINARY.search(text) else text
    return None
