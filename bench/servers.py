"""The two applications as real servers on free ports, with the same gunicorn settings, and somebody logged in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from bench.loading import ROOT, Target
from portal.demo.network import PASSWORD
from tests.servers.process import find_free_port, running

WORKERS, THREADS = 2, 4
GUNICORN = ["-k", "gthread", "-w", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "5", "--no-control-socket"]


@dataclass(frozen=True)
class Plan:
    """How to start one of the two. ``login`` are the fields that its form wants."""

    name: str
    command: list[str]
    environment: dict[str, str]
    port: int
    login: dict[str, str]

    @property
    def url(self) -> str:
        """The address of the start page."""
        return f"http://127.0.0.1:{self.port}/"


@dataclass(frozen=True)
class Server:
    """A started server and the cookie of somebody who is logged in."""

    url: str
    pids: tuple[int, ...]
    headers: dict[str, str]
    seconds_to_start: float

    def page(self, name: str, path: str) -> Target:
        """One of its pages, to be measured."""
        return Target(name, self.url + path.lstrip("/"), self.headers, self.pids)


def plan_reference(folder: Path, database: str) -> Plan:
    """Fill the reference's database; gives how to start it."""
    environment = {**os.environ, "REFERENCE_DATABASE": database or f"sqlite:///{folder / 'reference.sqlite'}"}
    _run(["-m", "bench.reference.app"], environment)
    port = find_free_port()
    bind = ["-b", f"127.0.0.1:{port}", "bench.reference.app:create_app()"]
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, *bind]
    return Plan("reference", command, environment, port, {"email": "user7@portal.example"})


def plan_portal(folder: Path, database: str) -> Plan:
    """Fill the portal's database with the demo network and more, and its index; gives how to start it."""
    port = find_free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")},
        "PORTAL_DATA_DIR": str(folder / "portal"),
        "PORTAL_LOG_LEVEL": "WARNING",
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "PORTAL_WEB_WORKERS": str(WORKERS),
        "PORTAL_WEB_THREADS": str(THREADS),
        **({"PORTAL_DATABASE_URL": database} if database else {}),
    }
    for step in (["portal", "upgrade"], ["portal", "demo"], ["bench.filling"], ["portal", "search", "rebuild"]):
        _run(["-m", *step], environment)
    login = {"email": "mitglied@portal.example", "password": PASSWORD}
    return Plan("portal", [sys.executable, "-m", "bench.serving", "web"], environment, port, login)


def _run(arguments: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def started(plan: Plan, folder: Path, database_pid: int = 0) -> Iterator[Server]:
    """Start the server, log somebody in, end it when the block ends."""
    begin = time.monotonic()
    with running(
        plan.command, folder / f"{plan.name}.log", lambda: _answers(plan), environment=plan.environment
    ) as one:
        seconds = time.monotonic() - begin
        pids = (one.pid, database_pid) if database_pid else (one.pid,)
        headers = {"Cookie": _log_in(plan), "Accept-Encoding": "identity"}
        yield Server(plan.url, pids, headers, seconds)


def _answers(plan: Plan) -> bool:
    try:
        with build_opener().open(f"{plan.url}login", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _log_in(plan: Plan) -> str:
    jar = CookieJar()
    browser: OpenerDirector = build_opener(HTTPCookieProcessor(jar))
    form = browser.open(f"{plan.url}login").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    fields = {**plan.login, **({"csrf_token": token.group(1)} if token else {})}
    browser.open(Request(f"{plan.url}login", urlencode(fields).encode())).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def cold_start(plan: Plan, folder: Path) -> float:
    """Seconds from the command to the first answer, in which one worker at least has read all its code."""
    with started(plan, folder) as server:
        return server.seconds_to_start
