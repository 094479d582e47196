"""Who switches a plugin just now: taken by compare-and-set, renewed during work, lapsed when its owner ends."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, or_, update
from sqlalchemy.exc import SQLAlchemyError

from portal.database import unit_of_work, utcnow, writing
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.plugin_host.models import PluginState
from portal.plugin_host.processes import has_ended, process_mark

log = structlog.get_logger(__name__)
LASTS = timedelta(minutes=5)
RENEW_S = 60.0


@dataclass(frozen=True)
class Action:
    """A switch: the state it passes through, from which states it may begin, where it ends ("" for where it began)."""

    passing: str
    allowed: tuple[str, ...]
    ends: str
    done: str


INSTALL = Action("installing", ("discovered", "failed", "purged"), "installed", "installed")
ENABLE = Action("enabling", ("discovered", "installed", "disabled", "failed", "purged"), "enabled", "enabled")
DISABLE = Action("disabling", ("enabled", "failed"), "disabled", "disabled")
UPGRADE = Action("upgrading", ("installed", "enabled", "disabled", "failed"), "", "upgraded")
PURGE = Action("purging", ("installed", "disabled", "failed", "missing"), "purged", "purged")
ACTIONS = {one.passing: one for one in (INSTALL, ENABLE, DISABLE, UPGRADE, PURGE)}
PASSING = tuple(ACTIONS)


class Lease:
    """The right to switch one plugin, until it is given back or lapses."""

    def __init__(self, plugin_id: str, action: Action, owner: str) -> None:
        self.plugin_id, self.action, self.owner = plugin_id, action, owner

    @property
    def _mine(self) -> Any:
        return (PluginState.id == self.plugin_id) & (PluginState.lease_owner == self.owner)

    def note(self, phase: str) -> None:
        """Say how far the work is and renew. Raises Conflict if the lease was lost."""
        with unit_of_work():
            self.change(db.session.connection(), phase=phase)

    def change(self, connection: Connection, **values: Any) -> None:
        """Change the plugin's row in this connection's transaction. Raises Conflict if the lease was lost."""
        changed = connection.execute(
            update(PluginState).where(self._mine).values(lease_until=utcnow() + LASTS, **values)
        )
        if changed.rowcount != 1:
            raise busy()

    def give_back(self, **values: Any) -> None:
        """End the lease in the present unit of work. Raises Conflict if it was lost."""
        self.change(db.session.connection(), **values, lease_owner="")
        db.session.execute(update(PluginState).where(PluginState.id == self.plugin_id).values(lease_until=None))

    @contextmanager
    def kept(self, engine: Engine) -> Iterator[None]:
        """Renew once a minute while the block works, however long one statement of it takes."""
        ended = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(engine, ended), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()

    def _renew(self, engine: Engine, ended: threading.Event) -> None:
        while not ended.wait(RENEW_S):
            try:
                with writing(), engine.begin() as connection:
                    self.change(connection)
            except (SQLAlchemyError, Conflict) as error:  # SQLite: the migration itself holds the lock, and renews
                log.info("lease_not_renewed", plugin=self.plugin_id, reason=type(error).__name__)


def take(plugin_id: str, action: Action, node: str, also: Callable[[PluginState], None] | None = None) -> Lease:
    """Begin the action in a unit of work of its own. Raises NotFound, Conflict (busy, or in no state for it)."""
    owner = f"{node} {process_mark()} {secrets.token_hex(4)}"
    with unit_of_work():
        row = db.session.get(PluginState, plugin_id, populate_existing=True)
        if row is None:
            raise NotFound
        before = row.before if row.state == "failed" and row.before else row.state
        changed = db.session.execute(
            update(PluginState)
            .where(PluginState.id == plugin_id, PluginState.state == row.state, PluginState.state.in_(action.allowed))
            .where(or_(PluginState.lease_until.is_(None), PluginState.lease_until < utcnow()))
            .values(state=action.passing, action=action.passing, before=before, phase="", reason="")
            .values(lease_owner=owner, lease_until=utcnow() + LASTS)
            .execution_options(synchronize_session=False)
        )
        if changed.rowcount != 1:  # type: ignore[attr-defined]
            raise busy()
        if also:
            also(row)
    return Lease(plugin_id, action, owner)


def busy() -> Conflict:
    """What is raised where somebody else switches the plugin, or nothing is to be done."""
    return Conflict("The plugin is being switched elsewhere or is in this state already.")


def has_lapsed(row: PluginState) -> bool:
    """Whether nobody works on the plugin any more: the lease ran out, or its owner is known to have ended."""
    if row.lease_until is None or row.lease_until < utcnow():
        return True
    mark = row.lease_owner.split(" ")[1] if row.lease_owner.count(" ") == 2 else ""
    return has_ended(mark)


def mark_interrupted(row: PluginState) -> None:
    """Make a lapsed switch a failure that can be tried again."""
    row.reason = f"interrupted in {row.phase or row.state}"
    row.phase, row.state, row.lease_owner, row.lease_until = row.phase or row.state, "failed", "", None
