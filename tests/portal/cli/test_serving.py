"""`portal serve` as a whole: its parts live and end together, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.servers.process import find_free_port, is_listening, running, wait_until

PORTAL = [sys.executable, "-m", "portal"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of a portal without people."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    port = find_free_port()
    settings = {"PORTAL_DATA_DIR": str(tmp_path_factory.mktemp("serving")), "PORT": str(port)}
    made = {**kept, **settings, "PORTAL_BASE_URL": f"http://127.0.0.1:{port}"}
    subprocess.run([*PORTAL, "upgrade"], env=made, check=True, capture_output=True)
    return made


@pytest.fixture
def served(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A serving portal."""
    port = int(environment["PORT"])
    with running([*PORTAL, "serve"], tmp_path / "log", lambda: is_answering(port), environment=environment) as process:
        yield process


def is_answering(port: int) -> bool:
    try:
        return urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close() is None
    except OSError:
        return False


def parts_of(process: subprocess.Popen[bytes]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(number) for number in found]


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_nothing_goes_on_without_the_parent(
    served: subprocess.Popen[bytes], environment: dict[str, str], number: signal.Signals
) -> None:
    wait_until(lambda: len(parts_of(served)) == 2, "web and job worker")
    parts = parts_of(served)
    served.send_signal(number)
    wait_until(lambda: not any(map(is_running, parts)), "the end of all parts")
    assert not is_listening(int(environment["PORT"]))
    assert served.wait(10) == (0 if number != signal.SIGKILL else -signal.SIGKILL)


def test_a_part_that_dies_ends_the_rest_with_an_error(served: subprocess.Popen[bytes]) -> None:
    wait_until(lambda: len(parts_of(served)) == 2, "web and job worker")
    web, jobs = parts_of(served)
    os.kill(jobs, signal.SIGKILL)
    wait_until(lambda: not is_running(web), "the end of the web workers")
    assert served.wait(10) == 1
