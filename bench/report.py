"""The figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Protocol

from rich.console import Console
from rich.table import Table

from bench.pages import Size

COLUMNS = ("times slower", "times the CPU", "requests/s", "p50 ms", "p95 ms", "CPU ms", "SQL", "HTML kB", "sent kB")


class Measured(Protocol):
    """A page with what was measured of it."""

    name: str
    slower: list[float]
    heavier: list[float]
    size: Size | None
    statements: int | None

    def middle(self, name: str) -> float:
        """The median over the rounds of one figure."""
        ...


def print_report(
    console: Console, rows: Sequence[Measured], starts: dict[str, float], memory: dict[str, list[float]]
) -> None:
    """Print pages, then memory and start of a server."""
    table = Table("page", title="Times slower than bare Flask's start page")
    for title in COLUMNS:
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(row.name, *_cells(row))
    console.print(table)
    for name, values in memory.items():
        listed = ", ".join(f"{value:.0f}" for value in values)
        console.print(f"{name}: first answer after {starts[name]:.1f} s, memory of a worker {listed} MB")
    console.print(f"start: {starts['portal'] / starts['reference']:.1f} times bare Flask's")


def _cells(row: Measured) -> list[str]:
    figures = [f"{median(row.slower):.1f}", f"{median(row.heavier):.1f}", f"{row.middle('rate'):.0f}"]
    figures += [f"{row.middle(name):.1f}" for name in ("p50", "p95", "cpu_ms")]
    figures.append("" if row.statements is None else str(row.statements))
    return figures + ([f"{row.size.html / 1000:.1f}", f"{row.size.compressed / 1000:.1f}"] if row.size else ["", ""])
