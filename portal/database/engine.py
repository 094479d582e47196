"""How connections are opened. SQLite is made safe (WAL, FULL, foreign keys) and each connection proves that it is."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.database.work import is_writing

BUSY_TIMEOUT_MS = 15_000
SAFE_SYNCHRONOUS = 2  # FULL: a commit is on disk before it is acknowledged


class UnsafeConnection(RuntimeError):
    """A connection would not keep what it acknowledges."""


def engine_options(url: str) -> dict[str, Any]:
    """Options for ``create_engine``: PostgreSQL without jit (it can cost a short query a second), healing pools."""
    if url.startswith("postgresql"):
        return {
            "hide_parameters": True,
            "pool_pre_ping": True,
            "pool_size": 8,
            "max_overflow": 8,
            "pool_timeout": 8,
            "connect_args": {"connect_timeout": 5, "options": "-c jit=off -c statement_timeout=30000"},
        }
    return {"hide_parameters": True, "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}}


def prepare_engine(engine: Engine) -> None:
    """Attach the connection rules to ``engine``. Raises UnsafeConnection on connecting where they don't hold."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _secure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _secure_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None
    safe = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*safe, f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")}
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if found != {"synchronous": SAFE_SYNCHRONOUS, "foreign_keys": 1} or mode not in ("wal", "memory"):
        raise UnsafeConnection(f"SQLite connection is unsafe: {found}, journal_mode={mode}")


def compact(engine: Engine) -> None:
    """On SQLite: write the file anew without what was deleted, and empty the log beside it. Elsewhere nothing.

    ``secure_delete`` overwrites what goes, but pages that were moved about may keep a copy in their unused part."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.close()


def _begin_sqlite(connection: Any) -> None:
    """Take the write lock at the start: a reader that turns writer is refused by SQLite without waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing() else "BEGIN")


def guard_session(session_factory: Any) -> None:
    """Make a flush outside a writing unit of work an error, so that no GET can change anything."""
    event.listen(session_factory, "before_flush", _refuse_when_dirty)


def _refuse_when_dirty(session: Session, context: object, instances: object) -> None:
    if not is_writing() and (session.new or session.deleted or any(map(session.is_modified, session.dirty))):
        raise RuntimeError("a plain read tried to write")
