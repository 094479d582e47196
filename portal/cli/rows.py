"""Lists on the screen: a table for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table

as_json = click.option("--json", "is_json", is_flag=True, help="A JSON list of objects instead of a table.")


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], is_json: bool) -> None:
    """Each row with its columns; a program gets a list of objects, an empty one too."""
    if is_json:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")  # an address that is cut short could not be typed again
    for row in rows:
        table.add_row(*(_in_words(cell) for cell in row))
    (Console() if sys.stdout.isatty() else Console(width=150)).print(table)


def _in_words(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return ", ".join(str(one) for one in cell) if isinstance(cell, list) else str(cell)
