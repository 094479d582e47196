"""Switching plugins: a passing state with a lease, the work, then state and generation in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy import Connection, select

from portal.audit.services.recording import record
from portal.database import after_commit, unit_of_work, utcnow
from portal.errors import Conflict, Invalid, NotFound, PortalError
from portal.extensions import db
from portal.permissions.actor import Actor, require
from portal.permissions.services.roles import seed_roles
from portal.plugin_host import leases, migrations, purging
from portal.plugin_host.announcements import announce_purged
from portal.plugin_host.host import PluginHost
from portal.plugin_host.leases import DISABLE, ENABLE, INSTALL, PURGE, UPGRADE, Action, Lease
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.models import PluginState
from portal.plugin_host.nodes import LIVE_FOR, list_lacking
from portal.plugin_host.requirements import list_dependants, list_needed
from portal.plugin_host.scanning import bump_generation, scan
from portal.plugin_host.translations import said_by

log = structlog.get_logger(__name__)
MANAGE = "plugins.manage"
DRAIN = timedelta(seconds=2)  # twice the time within which every worker has heard of the switch


class Refuse(Exception):
    """A plugin's ``portal_plugin_enabling`` says no; its text says why, in the reader's language."""


class Lifecycle:
    """The switches, each in units of work of its own: the schema changes between two."""

    def __init__(self, host: PluginHost) -> None:
        self.host = host

    def scan(self) -> None:
        """Note what is found here, which switches were interrupted and which packages are gone."""
        scan(self.host)

    def install(self, member: Actor, plugin_id: str) -> None:
        """Make a plugin's tables and grants; nothing of it is seen yet.

        Raises Forbidden, NotFound, Conflict (busy elsewhere), Invalid (not loaded here, its migration failed)."""
        plugin, lease = self._begin(member, plugin_id, INSTALL)
        self._bring_up(lease, plugin)
        self._finish(member, lease)

    def enable(self, member: Actor, plugin_id: str, together: bool = False) -> list[str]:
        """Switch a plugin on for everybody, after those it needs if ``together``; gives what was switched on.

        Raises Forbidden, NotFound, Conflict (busy elsewhere), Invalid (not loaded here or on a live node, a requirement
        is off, it refuses, a migration failed)."""
        require(member, MANAGE)
        self._loadable(plugin_id)
        needed = list_needed(self.host, plugin_id)
        if needed and not together:
            raise Invalid("This plugin needs others that are off: %(names)s.", names=", ".join(needed))
        for name in [*needed, plugin_id]:
            self._enable_one(member, name)
        return [*needed, plugin_id]

    def disable(self, member: Actor, plugin_id: str, together: bool = False) -> list[str]:
        """Switch a plugin off for everybody, after those that need it if ``together``; data, settings and grants stay.

        Raises Forbidden, NotFound, Conflict, Invalid (a plugin that is wanted needs it)."""
        require(member, MANAGE)
        with unit_of_work():
            dependants = list_dependants(self.host, plugin_id)
        if dependants and not together:
            raise Invalid("Other plugins need this one: %(names)s.", names=", ".join(dependants))
        for name in [*dependants, plugin_id]:
            self._disable_one(member, name)
        return [*dependants, plugin_id]

    def upgrade(self, member: Actor, plugin_id: str) -> str:
        """Bring an installed plugin's schema to its code; gives the revision. The state before comes back after.

        Raises Forbidden, NotFound, Conflict, Invalid (not loaded here, its migration failed)."""
        plugin, lease = self._begin(member, plugin_id, UPGRADE)
        with unit_of_work():
            row = self._row(plugin_id)
            came_from, before = row.version, row.before
        self._bring_up(lease, plugin)
        self._tell(lease, "portal_plugin_upgraded", from_version=came_from)
        self._finish(member, lease, ends="disabled" if before in ("", "failed", "discovered", "missing") else before)
        with unit_of_work():
            return self._row(plugin_id).schema_revision

    def purge(self, member: Actor, plugin_id: str, typed: str) -> None:
        """Delete a plugin's tables, files, settings and grants; what the audit log says of it stays.

        ``typed``: the id, typed by hand. Works without the package. Raises Forbidden, NotFound, Conflict (busy, or
        still on), Invalid (``typed`` differs, tables of another plugin point at its own)."""
        require(member, MANAGE)
        if typed.strip() != plugin_id:
            raise Invalid("Type the plugin's identity exactly as it stands here.", field="typed")
        with unit_of_work():  # before anything is deleted; asked again when the tables go
            connection = db.session.connection()
            own = purging.list_own_tables(connection, plugin_id, self._row(plugin_id).tables)
            purging.check_no_keys_from_outside(connection, own)
        _plugin, lease = self._begin(member, plugin_id, PURGE)
        with unit_of_work():
            tables, was_off_since = list(self._row(plugin_id).tables), self._row(plugin_id).changed_at
        time.sleep(max(0.0, (was_off_since + DRAIN - utcnow()).total_seconds()))
        if tables:
            self._tell(lease, "portal_plugin_purging", may_fail=True)
        self._work(lease, "files", lambda: purging.delete_remains(member, self.host, plugin_id))
        self._work(lease, "tables", lambda: self._drop_tables(lease, tables))
        self._finish(member, lease)

    def retry(self, member: Actor, plugin_id: str) -> None:
        """Do once more what failed. Raises as that does, Conflict if nothing failed."""
        require(member, MANAGE)
        self.scan()
        with unit_of_work():
            row = self._row(plugin_id)
            failed, action = row.state == "failed", row.action
        if not failed:
            raise leases.busy()
        again: dict[str, Callable[[], object]] = {
            "installing": lambda: self.install(member, plugin_id),
            "upgrading": lambda: self.upgrade(member, plugin_id),
            "disabling": lambda: self.disable(member, plugin_id),
            "purging": lambda: self.purge(member, plugin_id, plugin_id),
        }
        again.get(action, lambda: self.enable(member, plugin_id))()

    # --- the steps ---

    def _enable_one(self, member: Actor, plugin_id: str) -> None:
        self._check_nodes(plugin_id)
        plugin, lease = self._begin(member, plugin_id, ENABLE)
        self._bring_up(lease, plugin)
        self._ask_leave(lease)
        self._finish(member, lease)

    def _disable_one(self, member: Actor, plugin_id: str) -> None:
        _plugin, lease = self._begin(member, plugin_id, DISABLE)
        self._finish(member, lease)
        try:
            with unit_of_work():
                self.host.ask_one(plugin_id, "portal_plugin_disabled")
        except (Exception, SystemExit) as error:
            self.host.hooks.breaker.note(plugin_id, "portal_plugin_disabled", error)
            log.exception("hook_failed", plugin=plugin_id, hook="portal_plugin_disabled")

    def _begin(self, member: Actor, plugin_id: str, action: Action) -> tuple[LoadedPlugin | None, Lease]:
        require(member, MANAGE)
        plugin = self.host.plugins.get(plugin_id)
        if action not in (DISABLE, PURGE):
            plugin = self._loadable(plugin_id)
        self.scan()
        with unit_of_work():
            if self._row(plugin_id).state == "missing" and action is not PURGE:
                raise NotFound
        announce = (lambda row: bump_generation()) if action is UPGRADE else None
        return plugin, leases.take(plugin_id, action, self.host.node, announce)

    def _loadable(self, plugin_id: str) -> LoadedPlugin:
        plugin = self.host.plugins.get(plugin_id)
        if plugin is None:
            raise NotFound
        if not plugin.is_loaded:
            raise Invalid("This plugin could not be loaded here: %(reason)s", reason=plugin.error)
        return plugin

    def _check_nodes(self, plugin_id: str) -> None:
        with unit_of_work():
            lacking = list_lacking(plugin_id)
        if lacking:
            raise Invalid(
                "These nodes of the portal lack the plugin: %(nodes)s. Install it there and start them again."
                " A node that has ended without a word counts as gone %(minutes)s minutes after it was last seen.",
                nodes=", ".join(f"{one.name} ({one.seen_at:%H:%M:%S} UTC)" for one in lacking),
                minutes=int(LIVE_FOR.total_seconds() // 60),
            )

    def _bring_up(self, lease: Lease, plugin: LoadedPlugin | None) -> None:
        """Tables at head, grants seeded, and told so when it is there for the first time."""
        assert plugin is not None
        with unit_of_work():
            is_new = self._row(plugin.id).before in ("discovered", "purged", "")
        self._work(lease, "migrate", lambda: self._migrate(lease, plugin))
        self._work(lease, "seed", lambda: self._seed(plugin))
        if is_new:
            self._tell(lease, "portal_plugin_installed")

    def _work(self, lease: Lease, phase: str, step: Callable[[], None]) -> None:
        lease.note(phase)
        try:
            with lease.kept(db.engine):
                step()
        except (Exception, SystemExit) as error:
            if isinstance(error, Conflict):
                raise
            log.exception("lifecycle_failed", plugin=lease.plugin_id, phase=phase)
            self._fail(lease, phase, error)
            raise Invalid("Switching the plugin failed. Its page says why.") from error

    def _fail(self, lease: Lease, phase: str, error: BaseException) -> None:
        said = error.message % error.details if isinstance(error, PortalError) else str(error)
        with unit_of_work():
            lease.give_back(state="failed", phase=phase, reason=f"{type(error).__name__}: {said}")
            bump_generation()
        self.host.sync(force=True)

    def _tell(self, lease: Lease, hook: str, may_fail: bool = False, **arguments: object) -> None:
        """Call a hook of the plugin in a unit of work of its own; it fails the switch unless it ``may_fail``."""

        def tell() -> None:
            with unit_of_work():
                self.host.ask_one(lease.plugin_id, hook, **arguments)

        if not may_fail:
            self._work(lease, hook.removeprefix("portal_plugin_"), tell)
            return
        lease.note(hook.removeprefix("portal_plugin_"))
        try:
            tell()
        except (Exception, SystemExit) as error:  # who goes can't stop being taken away
            self.host.hooks.breaker.note(lease.plugin_id, hook, error)
            log.exception("hook_failed", plugin=lease.plugin_id, hook=hook)

    def _ask_leave(self, lease: Lease) -> None:
        try:
            with unit_of_work(), said_by(lease.plugin_id):
                self.host.ask_one(lease.plugin_id, "portal_plugin_enabling")
        except Refuse as error:
            self._refused(lease, str(error))
        except (Exception, SystemExit) as error:
            self._fail(lease, "enabling", error)
            raise Invalid("Switching the plugin failed. Its page says why.") from error

    def _refused(self, lease: Lease, reason: str) -> None:
        """Unchanged, but that its tables are there now."""
        with unit_of_work():
            before = self._row(lease.plugin_id).before
            state = "installed" if before in ("discovered", "purged", "failed", "") else before
            lease.give_back(state=state, phase="", reason="")
            bump_generation()
        raise Invalid("The plugin refuses: %(reason)s", reason=reason)

    def _migrate(self, lease: Lease, plugin: LoadedPlugin) -> None:
        lineage = self.host.lineage(plugin.id)
        if lineage is None:
            return
        tables = migrations.list_tables(lineage)
        migrations.upgrade(
            self.host.settings.database,
            lineage,
            after=lambda connection, revision: lease.change(connection, schema_revision=revision, tables=tables),
        )

    def _seed(self, plugin: LoadedPlugin) -> None:
        with unit_of_work():
            seed_roles(one for one in self.host.permissions.all() if one.owner == plugin.id)

    def _drop_tables(self, lease: Lease, recorded: list[str]) -> None:
        plugin = self.host.plugins.get(lease.plugin_id)
        lineage = self.host.lineage(plugin.id) if plugin and plugin.is_loaded else None

        def forget(connection: Connection) -> None:
            lease.change(connection, tables=[], schema_revision="")

        purging.drop_tables(self.host.settings.database, lease.plugin_id, recorded, lineage, forget)

    def _finish(self, member: Actor, lease: Lease, ends: str = "") -> None:
        plugin = self.host.plugins.get(lease.plugin_id)
        with unit_of_work():
            values = {"version": plugin.version} if plugin else {}
            changed = {"changed_at": utcnow(), "changed_by": member.id}
            lease.give_back(state=ends or lease.action.ends, phase="", reason="", before="", **changed, **values)
            record(member, f"plugin.{lease.action.done}", "plugin", lease.plugin_id)
            bump_generation()
            if lease.action is PURGE:
                after_commit(partial(announce_purged, lease.plugin_id))
        self.host.sync(force=True)

    def _row(self, plugin_id: str) -> PluginState:
        row = db.session.scalars(
            select(PluginState).where(PluginState.id == plugin_id).execution_options(populate_existing=True)
        ).first()
        if row is None:
            raise NotFound
        return row
