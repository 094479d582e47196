"""Switching plugins: a passing state with a lease, the work, then state and generation in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import or_, select, update

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.permissions.actor import Actor, require
from portal.permissions.services.roles import seed_roles
from portal.plugin_host import migrations
from portal.plugin_host.host import PluginHost
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.models import PluginEpoch, PluginState
from portal.plugin_host.nodes import list_lacking

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=5)
PASSING = ("installing", "enabling", "disabling", "upgrading", "purging")
MANAGE = "plugins.manage"


def bump_generation() -> None:
    """Count the generation up in the present unit of work; every worker follows within a second."""
    changed = db.session.execute(update(PluginEpoch).values(n=PluginEpoch.n + 1))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.add(PluginEpoch(id=1, n=1))
        db.session.flush()


class Lifecycle:
    """Install, enable, disable and upgrade, each in units of work of its own: the schema changes between two."""

    def __init__(self, host: PluginHost) -> None:
        self.host = host

    def scan(self) -> None:
        """Make a row for each plugin that has none; a stale lease becomes a failure that can be retried."""
        with unit_of_work():
            known = {row.id: row for row in db.session.scalars(select(PluginState))}
            for plugin in self.host.plugins.values():
                if plugin.id not in known:
                    state = "discovered" if plugin.is_loaded else "failed"
                    db.session.add(PluginState(id=plugin.id, state=state, reason=plugin.error, version=plugin.version))
            for row in known.values():
                if row.state in PASSING and row.lease_until and row.lease_until < utcnow():
                    row.phase, row.reason, row.state = row.state, f"interrupted in {row.state}", "failed"

    def enable(self, member: Actor, plugin_id: str) -> None:
        """Switch a plugin on for everybody, installing it first if need be.

        Raises Forbidden, NotFound, Conflict (busy elsewhere), Invalid (not loaded here or on a live node, a requirement
        is off, a migration failed)."""
        require(member, MANAGE)
        plugin = self._loadable(plugin_id)
        self._check_requirements(plugin)
        self._check_nodes(plugin_id)
        self._begin(plugin_id, "enabling", ("discovered", "installed", "disabled", "failed"))
        self._work(plugin_id, "migrate", lambda: self._migrate(plugin))
        self._work(plugin_id, "enabling", lambda: self._seed(plugin))
        self._finish(member, plugin_id, "enabled", "enabled")

    def disable(self, member: Actor, plugin_id: str) -> None:
        """Switch a plugin off for everybody; data, settings and grants are kept.

        Raises Forbidden, NotFound, Conflict, Invalid (an enabled plugin requires it)."""
        require(member, MANAGE)
        if plugin_id not in self.host.plugins:
            raise NotFound
        if dependants := self.dependants(plugin_id):
            raise Invalid("Other plugins need this one. Switch them off first.", plugins=dependants)
        self._begin(plugin_id, "disabling", ("enabled", "failed"))
        self._finish(member, plugin_id, "disabled", "disabled")

    def upgrade(self, plugin_id: str) -> str:
        """Bring an installed plugin's schema to its code; gives the revision. The state before comes back after."""
        plugin = self._loadable(plugin_id)
        before = self._begin(plugin_id, "upgrading", ("installed", "enabled", "disabled", "failed"))
        self._work(plugin_id, "migrate", lambda: self._migrate(plugin))
        self._finish(None, plugin_id, "disabled" if before == "failed" else before, "upgraded")
        return self._row(plugin_id).schema_revision

    def dependants(self, plugin_id: str) -> list[str]:
        """The plugins in force that require this one."""
        force = [self.host.plugins[name] for name in self.host.now.effective]
        return [plugin.id for plugin in force if plugin.manifest and plugin_id in plugin.manifest.requires]

    # --- the steps ---

    def _loadable(self, plugin_id: str) -> LoadedPlugin:
        plugin = self.host.plugins.get(plugin_id)
        if plugin is None:
            raise NotFound
        if not plugin.is_loaded:
            raise Invalid("This plugin could not be loaded here.", reason=plugin.error)
        return plugin

    def _check_requirements(self, plugin: LoadedPlugin) -> None:
        if not self.host.has_requirements(plugin, self.host.now.effective):
            raise Invalid("This plugin needs others that are off. Switch them on first.")

    def _check_nodes(self, plugin_id: str) -> None:
        with unit_of_work():
            lacking = list_lacking(plugin_id)
        if lacking:
            raise Invalid(
                "These nodes of the portal lack the plugin: %(nodes)s. Install it there and start them again.",
                nodes=", ".join(lacking),
            )

    def _begin(self, plugin_id: str, passing: str, allowed: tuple[str, ...]) -> str:
        self.scan()
        with unit_of_work():
            before = self._row(plugin_id).state
            changed = db.session.execute(
                update(PluginState)
                .where(PluginState.id == plugin_id, PluginState.state == before, PluginState.state.in_(allowed))
                .where(or_(PluginState.lease_until.is_(None), PluginState.lease_until < utcnow()))
                .values(state=passing, lease_owner=self.host.node, lease_until=utcnow() + LEASE)
            )
            if changed.rowcount != 1:  # type: ignore[attr-defined]
                raise Conflict("The plugin is being switched elsewhere or is in this state already.")
        return before

    def _work(self, plugin_id: str, phase: str, step: Callable[[], None]) -> None:
        try:
            step()
        except (Exception, SystemExit) as error:
            log.exception("lifecycle_failed", plugin=plugin_id, phase=phase)
            self._fail(plugin_id, phase, f"{type(error).__name__}: {error}")
            raise Invalid("Switching the plugin failed. Its page says why.") from error

    def _fail(self, plugin_id: str, phase: str, reason: str) -> None:
        with unit_of_work():
            row = self._row(plugin_id)
            row.state, row.phase, row.reason, row.lease_until = "failed", phase, reason, None
            bump_generation()
        self.host.sync(force=True)

    def _migrate(self, plugin: LoadedPlugin) -> None:
        lineage = self.host.lineage(plugin.id)
        revision = migrations.upgrade(self.host.settings.database, lineage) if lineage else ""
        with unit_of_work():
            row = self._row(plugin.id)
            row.schema_revision = revision
            row.tables = migrations.list_tables(lineage) if lineage else []

    def _seed(self, plugin: LoadedPlugin) -> None:
        with unit_of_work():
            seed_roles(one for one in self.host.permissions.all() if one.owner == plugin.id)

    def _finish(self, member: Actor | None, plugin_id: str, state: str, done: str) -> None:
        with unit_of_work():
            row = self._row(plugin_id)
            row.state, row.phase, row.reason, row.lease_until, row.lease_owner = state, "", "", None, ""
            row.version, row.changed_at = self.host.plugins[plugin_id].version, utcnow()
            row.changed_by = member.id if member else None
            record(member or Actor(is_system=True), f"plugin.{done}", "plugin", plugin_id)
            bump_generation()
        self.host.sync(force=True)

    def _row(self, plugin_id: str) -> PluginState:
        row = db.session.get(PluginState, plugin_id)
        if row is None:
            raise NotFound
        return row
