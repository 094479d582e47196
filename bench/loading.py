"""Load on a server, and what it cost the server's processes."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
QUIET_TICKS = 2


class BadAnswers(RuntimeError):
    """Something other than the page was measured."""


@dataclass(frozen=True)
class Target:
    """A page of a running server. ``pids`` are the roots of the processes that work for it."""

    name: str
    url: str
    headers: dict[str, str]
    pids: tuple[int, ...]


@dataclass(frozen=True)
class Load:
    """What one measurement saw: requests a second, milliseconds, CPU milliseconds a request."""

    rate: float
    p50: float
    p95: float
    cpu_ms: float


def measure(target: Target, seconds: float, connections: int) -> Load:
    """Load one page. Raises BadAnswers when an answer was not the page."""
    wait_until_idle(target.pids)
    before = cpu_ticks(target.pids)
    order = {"url": target.url, "connections": connections, "duration": seconds}
    command = ["node", "bench/load.mjs", json.dumps({**order, "headers": target.headers})]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    if set(seen["statuses"]) != {"200"} or seen["errors"]:
        raise BadAnswers(f"{target.name}: statuses {seen['statuses']}, {seen['errors']} errors")
    wait_until_idle(target.pids)
    cpu_ms = (cpu_ticks(target.pids) - before) * 1000 / TICKS / seen["count"]
    return Load(seen["count"] / seen["seconds"], seen["p50"], seen["p95"], cpu_ms)


def wait_until_idle(pids: tuple[int, ...], most: float = 10) -> None:
    """Return when what queued up in the servers is worked off, so that nothing leaks into the next measurement."""
    deadline = time.monotonic() + most
    used = cpu_ticks(pids)
    while time.monotonic() < deadline:
        time.sleep(0.2)
        before, used = used, cpu_ticks(pids)
        if used - before <= QUIET_TICKS:
            return


def tree(pid: int) -> list[int]:
    """The process and everything below it."""
    try:
        tasks = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [pid, *(below for task in tasks for child in task for below in tree(int(child)))]


def cpu_ticks(pids: tuple[int, ...]) -> int:
    """CPU time that the processes and those below them used so far."""
    return sum(_ticks(below) for pid in pids for below in tree(pid))


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def memory_mb(pid: int) -> float:
    """Memory of one process in MB, what it shares counted by its share (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0
