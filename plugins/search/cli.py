"""`portal search …`: the index from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from plugins.search.index import IndexBusy, IndexNotReady, IndexState
from plugins.search.services import changes, indexing, searching
from plugins.search.services.the_index import find_index
from portal.sdk.access import anonymous

console = Console()


@click.group("search")
def search() -> None:
    """Look at the search index, ask it, make it anew."""


@search.command("rebuild")
@with_appcontext
def search_rebuild() -> None:
    """Make the index anew from the database; the old one answers meanwhile."""
    columns = SpinnerColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn()
    try:
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("rebuild", total=None)
            count = indexing.rebuild(find_index(), lambda done: progress.update(task, completed=done))
    except IndexBusy:
        _stop("another rebuild is running")
    except IndexNotReady:
        _stop("the index folder cannot be used")
    click.echo(f"{count} documents indexed")


@search.command("status")
@with_appcontext
def search_status() -> None:
    """State, size and backlog; exit code 1 when the index cannot answer."""
    status = find_index().status()
    table = Table(show_header=False)
    table.add_row("state", status.state.value + (" (a rebuild is running)" if status.is_rebuilding else ""))
    table.add_row("documents", str(status.documents))
    table.add_row("size", f"{status.size / 1_000_000:.1f} MB")
    table.add_row("changes waiting", str(changes.count_changes()))
    console.print(table)
    sys.exit(0 if status.state is IndexState.READY else 1)


@search.command("query")
@click.argument("words", nargs=-1, required=True)
@with_appcontext
def search_query(words: tuple[str, ...]) -> None:
    """Ask what the public may find; prints score, kind, title and address."""
    with force_locale("en"):
        found = searching.search(anonymous(), find_index(), " ".join(words))
    if not found.is_ready:
        _stop("the index is being rebuilt")
    table = Table("score", "kind", "title", "address", title=f"{found.total}{'' if found.is_exact else '+'} results")
    for one in found.results:
        table.add_row(f"{one.hit.score:.2f}", one.type.name, one.hit.title.striptags(), one.hit.url)
    console.print(table)


def _stop(reason: str) -> None:
    click.echo(f"portal: {reason}", err=True)
    sys.exit(1)
