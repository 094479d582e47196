"""What each serving process says of itself once a minute: that it lives, and which plugins it has loaded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from portal import DISTRIBUTION
from portal.database import utcnow, writing
from portal.database.engine import BUSY_TIMEOUT_MS
from portal.extensions import db
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.measuring import Fares
from portal.plugin_host.models import PluginNode
from portal.plugin_host.processes import has_ended, is_running, process_mark

log = structlog.get_logger(__name__)
EVERY_S, RETRY_S = 60.0, 5.0
LIVE_FOR = timedelta(minutes=3)
KEPT_FOR = timedelta(hours=1)
Manner = Callable[[Connection], AbstractContextManager[object]]
CORE = "portal"  # a reserved word, so no plugin's id: the row that a process without plugins has too


class Presence:
    """The process ``node`` among all. It writes in a transaction of its own and never waits for another's lock."""

    def __init__(
        self, node: str, plugins: Mapping[str, LoadedPlugin], engine: Engine, fares: Callable[[str], Fares]
    ) -> None:
        self._node, self._plugins, self._engine, self._fares = node, plugins, engine, fares
        self._due, self._started, self._mark = 0.0, utcnow(), process_mark()
        self._lock, self._left = threading.Lock(), threading.Event()

    def note(self) -> None:
        """Say that the process lives, at most once a minute; where another writes just now, a little later."""
        if time.monotonic() < self._due or not self._lock.acquire(blocking=False):
            return
        try:
            self._due = time.monotonic() + (EVERY_S if self._write(self._rows(), _impatient) else RETRY_S)
        finally:
            self._lock.release()

    def keep_noting(self) -> None:
        """Note it also while nobody asks anything of this process: from a thread of its own, until it leaves."""
        threading.Thread(target=self._note_on, name="presence", daemon=True).start()

    def _note_on(self) -> None:
        while not self._left.wait(EVERY_S / 2):
            self.note()

    def leave(self) -> None:
        """Take the process off the list, so that nobody waits for one that has ended."""
        self._left.set()
        self._write([], nullcontext)

    def _write(
        self, rows: list[dict[str, Any]], manner: Callable[[Connection], AbstractContextManager[object]]
    ) -> bool:
        try:
            with writing(), self._engine.connect() as connection, manner(connection), connection.begin():
                connection.execute(delete(PluginNode).where(PluginNode.node == self._node))
                if rows:
                    connection.execute(insert(PluginNode), rows)
        except SQLAlchemyError as error:
            log.info("presence_not_noted", reason=type(error).__name__)
            return False
        return True

    def _rows(self) -> list[dict[str, Any]]:
        always = {"node": self._node, "mark": self._mark, "started_at": self._started, "seen_at": utcnow()}
        found = [(one.id, one.version, one.is_loaded, one.error, one.trace) for one in self._plugins.values()]
        names = ("id", "version", "loaded", "error", "traceback")
        rows = [dict(zip(names, row, strict=True)) for row in [(CORE, version(DISTRIBUTION), True, "", ""), *found]]
        return [{**always, **row, **self._fares(str(row["id"])).as_row()} for row in rows]


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    """Let SQLite refuse at once instead of waiting for its lock: a reader's request must not stand still for this."""
    raw: Any = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw is None:
        yield
        return
    raw.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def forget_ended(engine: Engine) -> None:
    """Delete the rows of processes that ended without a word more than an hour ago."""
    with writing(), engine.begin() as connection:
        connection.execute(delete(PluginNode).where(PluginNode.seen_at < utcnow() - KEPT_FOR))


@dataclass(frozen=True)
class SeenNode:
    """A process seen in the last hour; ``row`` is what it has of the plugin asked about, if it has it."""

    name: str
    seen_at: datetime
    started_at: datetime
    mark: str
    row: PluginNode | None

    @property
    def is_live(self) -> bool:
        """Whether it counts as running: known by its number on this machine, elsewhere by when it was seen."""
        return is_running(self.mark) or (utcnow() - self.seen_at < LIVE_FOR and not has_ended(self.mark))


def list_nodes(plugin_id: str) -> list[SeenNode]:
    """Every process seen in the last hour, and what it has of the plugin."""
    core = select(PluginNode).where(PluginNode.id == CORE, PluginNode.seen_at >= utcnow() - KEPT_FOR)
    own = {row.node: row for row in db.session.scalars(select(PluginNode).where(PluginNode.id == plugin_id))}
    return [
        SeenNode(one.node, one.seen_at, one.started_at, one.mark, own.get(one.node))
        for one in db.session.scalars(core.order_by(PluginNode.node))
    ]


def list_lacking(plugin_id: str) -> list[SeenNode]:
    """The running processes that have not loaded the plugin."""
    return [one for one in list_nodes(plugin_id) if one.is_live and not (one.row and one.row.loaded)]
