"""`make bench`: the portal's pages next to bare Flask's start page, measured in alternation in one run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import click
from rich.console import Console
from rich.progress import Progress

from bench.loading import ROOT, Load, Target, measure, memory_mb, tree
from bench.pages import Size, count_statements, size_of
from bench.report import print_report
from bench.servers import Plan, Server, cold_start, plan_portal, plan_reference, started
from tests.servers.postgres import run_postgres

RESULTS = ROOT / "bench" / "results"
WIDTH = 130
START = "bare Flask: start page"
REFERENCE_PAGES = {"bare Flask: detail": "/items/7", "bare Flask: search, LIKE": "/search?q=fachkr"}
PORTAL_PAGES = {
    "dashboard": "/",
    "events, list": "/events/",
    "event": "/events/messung-7",
    "event with full report": "/events/netzwerktreffen-2023",
    "initiatives, list": "/initiatives/",
    "initiative": "/initiatives/messung-7",
    "members, list": "/members/",
    "search, one word": "/search/?q=Fachkraft",
}


@dataclass
class Row:
    """A page and its rounds, in each of which the reference's start page was measured directly before.

    ``slower`` and ``heavier`` are multiples of its requests a second and of its CPU time."""

    name: str
    rounds: list[Load] = field(default_factory=list)
    slower: list[float] = field(default_factory=list)
    heavier: list[float] = field(default_factory=list)
    size: Size | None = None
    statements: int | None = None

    def middle(self, name: str) -> float:
        """The median over the rounds of one figure of a load."""
        return median(getattr(one, name) for one in self.rounds)


@dataclass(frozen=True)
class Options:
    """How to measure."""

    database: str
    seconds: float
    rounds: int
    connections: int


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--seconds", default=2.0, show_default=True, help="Length of one measurement.")
@click.option("--rounds", default=3, show_default=True, help="Alternations; the median counts.")
@click.option("--connections", default=16, show_default=True)
def bench(**chosen: object) -> None:
    """Measure the portal's pages as multiples of bare Flask's start page."""
    options = Options(**chosen)  # type: ignore[arg-type]
    console = Console(width=max(Console().width, WIDTH))
    with tempfile.TemporaryDirectory(prefix="bench-") as name, _databases(options.database) as databases:
        folder = Path(name)
        with console.status("filling both databases"):
            plans = plan_reference(folder, databases[0]), plan_portal(folder, databases[1])
        starts = _cold_starts(plans, folder, options.rounds)
        with started(plans[0], folder, databases[2]) as reference, started(plans[1], folder, databases[2]) as portal:
            rows = _measure_all(reference, portal, options, console)
            _describe(rows, plans[1], portal)
            memory = {"reference": _memory(reference), "portal": _memory(portal)}
    result = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "options": asdict(options), "starts": starts}
    result |= {"memory_mb": memory, "pages": [asdict(row) for row in rows]}
    print_report(console, rows, starts, memory)
    console.print(f"kept as {_keep(result, options).relative_to(ROOT)}")


@contextmanager
def _databases(kind: str) -> Iterator[tuple[str, str, int]]:
    """Addresses of the two databases and the server's process; empty for SQLite, which has neither."""
    if kind == "sqlite":
        yield "", "", 0
        return
    with run_postgres() as server:
        pid = int((server.socket_folder / "data" / "postmaster.pid").read_text().split()[0])
        yield server.create_database("reference"), server.create_database("portal"), pid


def _cold_starts(plans: tuple[Plan, Plan], folder: Path, rounds: int) -> dict[str, float]:
    seconds: dict[str, list[float]] = {plan.name: [] for plan in plans}
    for _ in range(rounds):
        for plan in plans:
            seconds[plan.name].append(cold_start(plan, folder))
    return {name: median(values) for name, values in seconds.items()}


def _measure_all(reference: Server, portal: Server, options: Options, console: Console) -> list[Row]:
    start = reference.page(START, "/")
    targets = [start, *(reference.page(*page) for page in REFERENCE_PAGES.items())]
    targets += [portal.page(*page) for page in PORTAL_PAGES.items()]
    rows = [(target, Row(target.name, size=size_of(target))) for target in targets]

    def load(target: Target) -> Load:
        return measure(target, options.seconds, options.connections)

    for target in targets:
        load(target)  # warms up
    with Progress(console=console) as progress:
        task = progress.add_task("measuring", total=options.rounds * len(targets))
        for _ in range(options.rounds):
            for target, row in rows:
                _measure_pair(start, target, row, load)
                progress.advance(task)
    return [row for _, row in rows]


def _measure_pair(start: Target, target: Target, row: Row, load: Callable[[Target], Load]) -> None:
    base, seen = load(start), load(target)
    row.rounds.append(seen)
    row.slower.append(base.rate / seen.rate)
    row.heavier.append(seen.cpu_ms / base.cpu_ms)


def _describe(rows: list[Row], plan: Plan, portal: Server) -> None:
    counted = count_statements(plan, portal.headers["Cookie"], list(PORTAL_PAGES.values()))
    for row in rows:
        row.statements = counted.get(PORTAL_PAGES.get(row.name, ""))


def _memory(server: Server) -> list[float]:
    """Of each worker, after the load."""
    return [memory_mb(pid) for pid in tree(server.pids[0])[1:]]


def _keep(result: dict[str, object], options: Options) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{options.database}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(result, indent=2))
    return path


if __name__ == "__main__":
    bench()
