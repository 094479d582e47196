"""What hooks cost a page: one that asks twelve hook points, with 3, 10 and 30 plugins. `python -m bench.hooks`"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from flask import Flask

from portal.database import writing
from portal.permissions.actor import Actor
from portal.plugin_author.rehearsal import Rehearsal, enter, host_of, on_stage
from portal.plugin_host.host import PluginHost
from tests.fixtures.offering import offered

COUNTS = (0, 3, 10, 30)
POINTS = 12
ROUNDS, PAGES = 7, 300
MODULE = """
from portal.sdk import Plugin, hookimpl
from portal.sdk.access import access
from portal.sdk.contributions import Card, MenuEntry
from portal.sdk.web import PortalBlueprint

manifest = Plugin(id="{id}", title="{id}", description="")
blueprint = PortalBlueprint("{id}", __name__)


@blueprint.get("/")
@access("member")
def show():
    return ""


@hookimpl
def portal_blueprints():
    return [blueprint]


@hookimpl
def portal_menu(member):
    return [MenuEntry("{id}", "{id}.show")]


@hookimpl
def portal_cards():
    return [Card("card", "{id}", lambda member: "<p>{id}</p>")]
"""


def offer(stack: ExitStack, folder: Path, count: int) -> tuple[str, ...]:
    """Write so many small plugins, each with a menu entry and a card; gives their ids."""
    ids = tuple(f"bench{number:02d}" for number in range(count))
    for one in ids:
        place = folder / one
        place.mkdir(parents=True)
        (place / f"portal_{one}.py").write_text(MODULE.format(id=one))
        stack.enter_context(offered(place, one, f"portal_{one}"))
    return ids


def hooks_of_a_page(host: PluginHost, member: Actor) -> None:
    """Twelve hook points as a page asks them."""
    for _ in range(POINTS):
        host.hooks.ask("portal_menu", member=member)


def milliseconds(app: Flask, member: Actor, path: str) -> Iterator[tuple[float, float]]:
    """(twelve hook points, the dashboard) in each round, CPU time."""
    client, host = enter(app, "Bench", "bench@example.org")[1], host_of(app)
    with app.test_request_context(), writing(False):  # as a page that is only read
        for _ in range(ROUNDS):
            begin = time.process_time()
            for _ in range(PAGES):
                hooks_of_a_page(host, member)
            asked = time.process_time()
            for _ in range(20):
                assert client.get(path).status_code == 200
            yield (asked - begin) / PAGES * 1000, (time.process_time() - asked) / 20 * 1000


def main() -> int:
    """Print a line for each number of plugins."""
    print(f"{'plugins':>8} {'12 hook points, ms':>20} {'dashboard, ms':>15}")
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
            folder = Path(name)
            rehearsal = Rehearsal(folder, offer(stack, folder / "plugins", count))
            app = rehearsal.start()
            with on_stage(app):
                rehearsal.prepare(app)
                actor, _ = enter(app, "Frage", "frage@example.org")
                rounds = list(milliseconds(app, actor, "/"))
        hooks, page = (median(one) for one in zip(*rounds, strict=True))
        print(f"{count:>8} {hooks:>20.2f} {page:>15.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
