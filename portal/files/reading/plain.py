"""Text files, in whatever encoding they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.files.decoding import decode_text


def read_pages(source: Path) -> Iterator[str]:
    yield decode_text(source.read_bytes()) or ""
