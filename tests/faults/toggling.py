"""Many switches under load: `python -m tests.faults.toggling [--database postgres] [--toggles 200]`

On PostgreSQL two masters with two workers each serve one database, on SQLite one does. While the events are switched
off and on, others ask for pages all the time: no other part may fail, 1.1 s after a switch every worker must have
followed, and the processes must be the same at the end. Prints what was seen; the exit code is 1 for any fault."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import click
from sqlalchemy import select

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work, writing
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginNode
from portal.plugin_host.navigation import the_host
from tests.servers.postgres import run_postgres
from tests.servers.process import find_free_port, running

PORTAL = [sys.executable, "-m", "portal"]
FOLLOWED_S, ASKED = 1.1, 12
OTHERS = ("/initiatives/", "/healthz", "/login", "/search/?q=netz", "/api/v1/initiatives/")
SWITCHED = ("/events/", "/events", "//events/", "/events/calendar.ics")


def ask(url: str) -> int:
    """The status of one request over a connection of its own, from a network of its own: limits must not decide."""
    network = ".".join(str(random.randrange(1, 250)) for _ in range(4))
    try:
        with urlopen(Request(url, headers={"X-Forwarded-For": network}), timeout=20) as answer:
            return answer.status
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextmanager
def serving(folder: Path, database: str, masters: int) -> Iterator[list[str]]:
    """So many masters of two workers on one database; gives their addresses."""
    named = {"PORTAL_DATA_DIR": str(folder), "PORTAL_TRUSTED_PROXIES": "1", "PORTAL_DATABASE_URL": database}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    environment = {**inherited, **named}
    for step in ("upgrade", "demo"):
        subprocess.run([*PORTAL, step], env=environment, check=True, capture_output=True)
    urls = []
    with ExitStack() as stack:
        for number in range(masters):
            port = find_free_port()
            urls.append(f"http://127.0.0.1:{port}")
            ready = f"{urls[-1]}/healthz"
            log = folder / f"web{number}.log"
            own = {**environment, "PORT": str(port)}
            stack.enter_context(running([*PORTAL, "web"], log, lambda url=ready: ask(url) == 200, environment=own))
        yield urls


def load(urls: list[str], ended: threading.Event, seen: Counter[tuple[str, int]]) -> None:
    """Ask for pages of other parts, and of the one that is switched, until told to end."""
    while not ended.is_set():
        path = random.choice(OTHERS + SWITCHED[:1])
        seen[path, ask(random.choice(urls) + path)] += 1


def toggle(lifecycle: Lifecycle, urls: list[str], number: int) -> list[str]:
    """Switch, wait, and ask every master several times; gives what was wrong."""
    is_off = number % 2 == 0
    (lifecycle.disable if is_off else lifecycle.enable)(system(), "events")
    time.sleep(FOLLOWED_S)
    paths = SWITCHED if is_off else SWITCHED[:1]
    wanted = 404 if is_off else 200
    found = [(path, ask(url + path)) for url in urls for path in paths for _ in range(ASKED // len(paths))]
    return [f"switch {number}: {path} answered {status}" for path, status in found if status != wanted]


def list_nodes() -> set[str]:
    """The names of all processes that serve."""
    with unit_of_work():
        return set(db.session.scalars(select(PluginNode.node)))


def main() -> int:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--toggles", type=int, default=200)
    chosen = parser.parse_args()
    is_postgres = chosen.database == "postgres"
    with tempfile.TemporaryDirectory() as name, run_postgres() if is_postgres else nullcontext() as server:
        database = server.create_database("toggling") if server else ""
        folder = Path(name)
        with serving(folder, database, 2 if is_postgres else 1) as urls:
            settings = load_settings(data_dir=folder, database_url=database, log_level="ERROR")
            with create_app(settings).app_context(), writing():
                return run(urls, chosen.toggles)


def run(urls: list[str], toggles: int) -> int:
    """The switches under load; 1 if anything was wrong."""
    lifecycle, ended, seen = Lifecycle(the_host()), threading.Event(), Counter[tuple[str, int]]()
    lifecycle.host.sync(force=True)
    for url in urls * 4:
        ask(f"{url}/healthz")
    before = list_nodes()
    threads = [threading.Thread(target=load, args=(urls, ended, seen)) for _ in range(3)]
    for thread in threads:
        thread.start()
    wrong = [one for number in range(toggles) for one in toggle(lifecycle, urls, number)]
    ended.set()
    for thread in threads:
        thread.join()
    wrong += [f"{path} answered {status}, {n} times" for (path, status), n in seen.items() if is_wrong(path, status)]
    wrong += [] if before <= list_nodes() else ["a process was replaced"]
    click.echo(
        f"{toggles} switches, {sum(seen.values())} requests beside, {len(before)} processes: {len(wrong)} faults"
    )
    click.echo("\n".join(wrong[:20]))
    return 1 if wrong else 0


def is_wrong(path: str, status: int) -> bool:
    """Other parts must answer; the one that is switched may be there or not."""
    return status not in ((200, 404) if path in SWITCHED else (200,))


if __name__ == "__main__":
    sys.exit(main())
