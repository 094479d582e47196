"""Cells of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from portal.files.decoding import decode_text
from portal.files.reading import MAX_ROWS


def read_pages(source: Path) -> Iterator[str]:
    text = decode_text(source.read_bytes()) or ""
    dialect = ";" if text.partition("\n")[0].count(";") else ","
    yield "\n".join(" ".join(row) for row in islice(csv.reader(io.StringIO(text), delimiter=dialect), MAX_ROWS))
