"""Starting a server as a child process and ending it cleanly."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def find_free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Return as soon as `is_ready` says so, and raise TimeoutError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} was not ready after {seconds:g} seconds")
        time.sleep(0.05)


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    is_ready: Callable[[], bool],
    *,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; its output goes to `log`, which is shown when the start fails."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment,
            user=user,
        )
    try:
        _wait_for_start(process, is_ready, Path(command[0]).name, log)
        yield process
    finally:
        _stop(process, stop_signal)


def _wait_for_start(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], name: str, log: Path) -> None:
    try:
        wait_until(lambda: process.poll() is not None or is_ready(), name)
    except TimeoutError as error:
        raise RuntimeError(f"{error}: {log.read_text(errors='replace')}") from error
    if process.poll() is not None:
        raise RuntimeError(f"{name} ended at once: {log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(stop_signal)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
