"""The deployment's step: schemas of the core, then of the plugins, in order; workers never migrate."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import inspect, select

from portal import DISTRIBUTION
from portal.database import unit_of_work
from portal.errors import PortalError
from portal.extensions import db
from portal.permissions.actor import system
from portal.permissions.services.roles import seed_roles
from portal.plugin_host import migrations
from portal.plugin_host.host import PluginHost
from portal.plugin_host.leases import UPGRADE
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginEpoch, PluginState
from portal.plugin_host.scanning import bump_generation


def upgrade_all(host: PluginHost) -> Iterator[str]:
    """Upgrade the core and every installed plugin, a line for each; a new database gets the bundled plugins."""
    is_new = not inspect(db.engine).has_table(PluginEpoch.__tablename__)
    core = migrations.core_lineage(tuple(host.plugins))
    yield f"core: schema {migrations.upgrade(host.settings.database, core)}"
    lifecycle = Lifecycle(host)
    with unit_of_work():
        seed_roles(one for one in host.permissions.all() if one.owner not in host.plugins)
        if not db.session.get(PluginEpoch, 1):
            bump_generation()
    lifecycle.scan()
    host.sync(force=True)
    yield from _enable_bundled(host, lifecycle) if is_new else _upgrade_installed(host, lifecycle)


def _enable_bundled(host: PluginHost, lifecycle: Lifecycle) -> Iterator[str]:
    for plugin in host.loaded:
        if plugin.distribution and plugin.distribution.name == DISTRIBUTION:
            lifecycle.enable(system(), plugin.id)
            yield f"{plugin.id}: enabled"


def _upgrade_installed(host: PluginHost, lifecycle: Lifecycle) -> Iterator[str]:
    with unit_of_work():
        rows = {row.id: (row.state, row.action, row.schema_revision, row.version) for row in _list_states()}
    for plugin in host.loaded:
        state, action, revision, version = rows.get(plugin.id, ("discovered", "", "", ""))
        lineage = host.lineage(plugin.id)
        is_installed = state in UPGRADE.allowed and (state != "failed" or action == UPGRADE.passing)
        if not is_installed or ((lineage is None or lineage.head == revision) and version == plugin.version):
            continue
        try:
            yield f"{plugin.id}: schema {lifecycle.upgrade(system(), plugin.id)}"
        except PortalError as error:
            yield f"{plugin.id}: FAILED {error}"


def _list_states() -> list[PluginState]:
    return list(db.session.scalars(select(PluginState)))
