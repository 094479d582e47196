"""The queue behind the jobs: a Huey on SQLite, Redis or PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.storage import MemoryStorage

from portal.config import Settings
from portal.database import after_commit

EXTENSION = "portal_jobs"


def make_queue(settings: Settings, immediate: bool = False) -> Huey:
    """The queue for these settings; ``immediate`` runs each job in the caller, for tests."""
    if immediate:
        return Huey("portal", storage_class=MemoryStorage, immediate=True)
    if settings.redis_url:
        return RedisHuey("portal", url=settings.redis_url)
    if settings.database.startswith("postgresql"):
        return PostgresHuey("portal", dsn=settings.database.replace("postgresql+psycopg://", "postgresql://", 1))
    return SqliteHuey("portal", filename=str(settings.data_dir / "jobs.sqlite"), fsync=True, timeout=15)


def enqueue(name: str, **arguments: Any) -> None:
    """Nudge the worker to run the job ``name`` once the present unit of work is committed."""
    after_commit(partial(push, name, arguments))


def push(name: str, arguments: dict[str, Any]) -> None:
    """Put the job on the queue at once."""
    current_app.extensions[EXTENSION].perform(name, arguments)
