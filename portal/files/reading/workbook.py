"""Cells of Excel files, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from portal.files.reading import MAX_ROWS


def read_pages(source: Path) -> Iterator[str]:
    workbook = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        rows = islice(sheet.iter_rows(values_only=True), MAX_ROWS)
        yield "\n".join([sheet.title, *(" ".join(_cells(row)) for row in rows)])
    workbook.close()


def _cells(row: Iterable[Any]) -> Iterator[str]:
    return (str(value) for value in row if value is not None)
