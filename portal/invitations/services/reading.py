"""Lists of people as CSV or Excel sheets: read within limits, formulas never evaluated."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator

from openpyxl import load_workbook

from portal.errors import Invalid

MAX_BYTES, MAX_UNPACKED, MAX_ROWS, MAX_CELL = 1_000_000, 20_000_000, 500, 300
PIECE = 65_536
# What openpyxl and the libraries below it raise for files that are damaged, locked or made up.
BROKEN = (
    *(ValueError, LookupError, OSError, RuntimeError, EOFError, TypeError, AttributeError),
    *(csv.Error, zipfile.BadZipFile, zlib.error, SyntaxError),  # the last one: XML
)
COLUMNS = ("name", "email", "organisation", "role")
# Heads as people write them; the rest of a sheet is not looked at.
HEADS = {
    "name": "name",
    "e-mail": "email",
    "email": "email",
    "e-mail address": "email",
    "e-mail-adresse": "email",
    "adresse": "email",
    "mail": "email",
    "organisation": "organisation",
    "organization": "organisation",
    "rolle": "role",
    "role": "role",
}
TEMPLATE = "Name;E-Mail;Organisation;Rolle\r\n"


def read_list(content: bytes) -> list[dict[str, str]]:
    """The rows of a list, by column, and the ``line`` that each stands in; empty ones are left out.

    Raises Invalid for what is no such list or too large."""
    if len(content) > MAX_BYTES:
        raise Invalid("Please use a file of at most 1 MB.", "file")
    try:
        lines = _sheet_lines(content) if content[:2] == b"PK" else _csv_lines(content)
        rows = [(number, line) for number, line in enumerate(lines, 1) if any(line)]
    except BROKEN:
        raise Invalid("This file can't be read as a list. Please use the template.", "file") from None
    if not rows:
        raise Invalid("This list is empty.", "file")
    return _by_column(rows)


def write_list(rows: list[dict[str, str]]) -> str:
    """Rows as the text that :func:`read_list` reads again."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([row[column] for column in COLUMNS] for row in rows)
    return text.getvalue()


def _by_column(rows: list[tuple[int, list[str]]]) -> list[dict[str, str]]:
    heads = [HEADS.get(cell.lower(), "") for cell in rows[0][1]]
    if "name" not in heads or "email" not in heads:
        raise Invalid("The first row must name the columns: Name, E-Mail, Organisation, Rolle.", "file")
    if len(rows) > MAX_ROWS + 1:
        raise Invalid("Please use at most 500 rows.", "file")
    return [{**dict.fromkeys(COLUMNS, ""), **_named(heads, row), "line": str(number)} for number, row in rows[1:]]


def _named(heads: list[str], row: list[str]) -> dict[str, str]:
    return {head: cell for head, cell in zip(heads, row, strict=False) if head}


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    """Excel writes UTF-8 with a mark or, in older versions, Windows-1252; both with semicolons or commas."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    for count, line in enumerate(reader):
        if count > 2 * MAX_ROWS:
            break
        yield [_cell(one) for one in line[:20]]


def _sheet_lines(content: bytes) -> Iterator[list[str]]:
    _check_size(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        for row in book.worksheets[0].iter_rows(max_row=2 * MAX_ROWS, max_col=20, values_only=True):
            yield [_cell(one) for one in row]
    finally:
        book.close()


def _check_size(content: bytes) -> None:
    """Unpack all of it once in small pieces: the sizes that an archive declares are only what it says.

    Other ways of packing than the usual ones unpack a piece to any size, so they are refused."""
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in archive.infolist():
            if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError("packed in an unusual way")
            with archive.open(one) as entry:
                while piece := entry.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise ValueError("unpacks to too much")


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).replace("\0", "").split())[:MAX_CELL]
