"""What the search costs with 10,000 documents in a real portal.

    .venv/bin/python -m bench.search

Everything is measured through the service that the page calls: reading the query, matching, asking the database what
may be read, scores, numbers by kind and value, excerpts. For the time until something new can be found a job worker
runs beside."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from statistics import median, quantiles

import click
from rich.console import Console
from rich.table import Table

from bench.loading import ROOT, memory_mb
from bench.search_filling import add_event, fill
from bench.words import vocabulary
from plugins.search.services import indexing, searching
from plugins.search.services.the_index import find_index
from portal.application import create_app
from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import Actor, system
from portal.plugin_host.navigation import the_host
from portal.sdk.hooks import announce_saved
from tests.servers.process import running

MEMBER = Actor(id=1)
ASKED, LOOKED, ADDED = 300, 2_000, 50
NEW = 500_000
HOSTILE = {
    "12 words": "Betrieb Region Netzwerk Industrie Ausbildung Werkstatt Standort Verwaltung Energie Wandel Schule neu",
    "12 words, any": " OR ".join(
        ["Betrieb", "Region", "Netzwerk", "Industrie", "Ausbildung", "Werkstatt", "offen", "neu"] * 2
    ),
    "3 beginnings": "ver* bet* ind*",
    "phrase of 12": '"Betrieb Region Netzwerk Industrie Ausbildung Werkstatt Standort Verwaltung Energie neu und"',
    "one word, 12 times": '"' + "Betrieb " * 12 + '"',
    "12 compounds": " ".join(["Fachkräftegewinnungsprojekt"] * 12),
    "exclusions": "Betrieb " + " ".join(f"-{word}" for word in ["Region", "Netzwerk", "Industrie", "neu"]),
    "signs": '*"-' * 100,
    "300 letters": "a" * 300,
}


@click.command()
@click.option("--documents", default=10_000, show_default=True)
def bench(documents: int) -> None:
    """Measure the search."""
    console = Console(width=110)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for variable in [one for one in os.environ if one.startswith("PORTAL_")]:
            del os.environ[variable]
        os.environ.update(PORTAL_DATA_DIR=f"{name}/portal", PORTAL_LOG_LEVEL="ERROR")
        subprocess.run([sys.executable, "-m", "portal", "upgrade"], cwd=ROOT, check=True, capture_output=True)
        app = create_app()
        with console.status("filling the database"):
            fill(app, documents)
        with app.app_context():
            the_host().sync(force=True)
            console.print(_rebuild())
            gc.collect()
            gc.freeze()  # as the web workers do before they fork
            console.print(_ask_all(f"Search, {documents} documents"))
            console.print(_look_at_memory())
            console.print(_wait_for_news(Path(name)))


def _rebuild() -> str:
    start, busy = time.perf_counter(), time.process_time()
    count = indexing.rebuild(find_index(), lambda done: None)
    rates = (f"{count / (time.perf_counter() - start):.0f} a second", f"{count / (time.process_time() - busy):.0f}")
    size = find_index().status().size / 1_000_000
    return f"rebuild: {count} documents, {rates[0]}, {rates[1]} a second of CPU; {size:.0f} MB on disk"


def _queries() -> dict[str, list[str]]:
    """Words that somebody might look for: from the 30th to the 5,000th most common, the commoner the oftener. The
    very commonest words are asked for on their own."""
    random, words = Random(7), vocabulary()[0]

    def pick(count: int) -> list[str]:
        return [words[int(30 * (5_000 / 30) ** random.random())] for _ in range(count)]

    def some(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(ASKED)]

    return {
        "one word": some(lambda: pick(1)[0]),
        "two or three words, all": some(lambda: " ".join(pick(random.randint(2, 3)))),
        "one or another": some(lambda: " OR ".join(pick(2))),
        "a beginning*": some(lambda: pick(1)[0][: random.randint(3, 7)] + "*"),
        "a phrase": some(lambda: f'"{" ".join(pick(2))}"'),
        "the 10 commonest words, one by one": words[:10] * 10,
    }


def _ask_all(title: str) -> Table:
    table = Table("query", title=title)
    for column in ("hits p50", "ms p50", "ms p95", "CPU p50", "CPU p95", "CPU max"):
        table.add_column(column, justify="right")
    for name, queries in _queries().items():
        _ask(table, name, queries)
    for name, query in HOSTILE.items():
        _ask(table, f"budget: {name}", [query] * 10)
    return table


def _ask(table: Table, name: str, queries: Iterable[str]) -> None:
    index, times, cpu, hits = find_index(), [], [], []
    searching.search(MEMBER, index, "Betrieb")
    for query in queries:
        start, busy = time.perf_counter(), time.process_time()
        found = searching.search(MEMBER, index, query)
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
        hits.append(found.total)
        db.session.rollback()
    figures = [figure for some in (times, cpu) for figure in (median(some), quantiles(some, n=20)[-1])] + [max(cpu)]
    table.add_row(name, f"{median(hits):.0f}", *(f"{figure:.1f}" for figure in figures))


def _look_at_memory() -> str:
    """Of a process that has done nothing else, the portal included, while it answers."""
    spawning = multiprocessing.get_context("spawn")
    with spawning.Pool(1) as pool:
        first, *seen = pool.apply(_answer_for_long)
    listed = ", ".join(f"{mb:.0f}" for mb in seen)
    return f"memory of a process: {first:.0f} MB before it searches, then every 500 of {LOOKED} queries {listed} MB"


def _answer_for_long() -> list[float]:
    queries = [query for some in _queries().values() for query in some]
    with create_app().app_context():
        the_host().sync(force=True)
        seen = [memory_mb(os.getpid())]
        for number in range(1, LOOKED + 1):
            searching.search(MEMBER, find_index(), queries[number % len(queries)])
            db.session.rollback()
            if number % 500 == 0:
                seen.append(memory_mb(os.getpid()))
    return seen


def _wait_for_news(folder: Path) -> str:
    """From the commit to the first search that finds what was committed; a worker indexes, this process asks."""
    command = [sys.executable, "-m", "portal", "worker"]
    log = folder / "worker.log"
    with running(command, log, lambda: _is_found(NEW), environment=dict(os.environ)):
        times = [_time_until_found(NEW + number) for number in range(1, ADDED + 1)]
    return f"until one new event is found: p50 {median(times):.2f} s, p99 {quantiles(times, n=100)[-1]:.2f} s"


def _time_until_found(number: int) -> float:
    start = time.perf_counter()
    _add(number)
    while not _finds(number):
        time.sleep(0.01)
    return time.perf_counter() - start


def _is_found(number: int) -> bool:
    """Adds it once, then looks: so the worker is known to work."""
    if not _finds(number):
        if not _added:
            _add(number)
        return False
    return True


_added: list[int] = []


def _add(number: int) -> None:
    _added.append(number)
    with unit_of_work():
        announce_saved(system(), "events.event", add_event(number, f"Neuigkeit{number}", "public").id)


def _finds(number: int) -> bool:
    found = searching.search(MEMBER, find_index(), f"Neuigkeit{number}")
    db.session.rollback()
    return bool(found.results)


if __name__ == "__main__":
    bench()
