"""The queue behind the jobs: a Huey on SQLite, Redis or PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import current_app
from huey import Huey, PostgresHuey, RedisHuey
from huey.storage import MemoryStorage, SqliteStorage

from portal.config import Settings
from portal.database import after_commit

EXTENSION = "portal_jobs"


def make_queue(settings: Settings, immediate: bool = False) -> Huey:
    """The queue for these settings; ``immediate`` runs each job in the caller, for tests."""
    if immediate:
        return Huey("portal", storage_class=MemoryStorage, immediate=True)
    if settings.redis_url:
        return RedisHuey("portal", url=settings.redis_url, results=False)
    if settings.database.startswith("postgresql"):
        address = settings.database.replace("postgresql+psycopg://", "postgresql://", 1)
        return PostgresHuey("portal", dsn=address, results=False)
    file = str(settings.data_dir / "jobs.sqlite")
    return Huey("portal", results=False, storage_class=ForgettingStorage, filename=file, fsync=True, timeout=15)


class ForgettingStorage(SqliteStorage):
    """Overwrites what it removes: a finished job may have named somebody's address."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA secure_delete=ON")
        return connection


def enqueue(name: str, **arguments: Any) -> None:
    """Nudge the worker to run the job ``name`` once the present unit of work is committed."""
    after_commit(partial(push, name, arguments))


def push(name: str, arguments: dict[str, Any]) -> None:
    """Put the job on the queue at once."""
    current_app.extensions[EXTENSION].perform(name, arguments)
