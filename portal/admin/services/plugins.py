"""What admins see of plugins: intent, effect, health, errors, who made them and what they need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from packaging.version import InvalidVersion, Version
from sqlalchemy import select

from portal.admin.services.nodes import NodeView, list_node_views
from portal.errors import NotFound
from portal.extensions import db
from portal.permissions.actor import Actor, require
from portal.plugin_host.contributions import Check
from portal.plugin_host.distributions import About, describe, list_installed
from portal.plugin_host.host import PluginHost
from portal.plugin_host.leases import PASSING
from portal.plugin_host.lifecycle import MANAGE
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.measuring import Failure
from portal.plugin_host.models import PluginState
from portal.plugin_host.translations import said_by, title_of

SWITCHABLE = ("off", "new", "failed")


@dataclass
class PluginView:
    """One plugin as the page shows it.

    ``condition`` is one of: on, waiting, behind, ahead, broken, off, new, failed, busy, missing, unloaded.
    ``schema`` is one of: none, current, behind, ahead."""

    id: str
    title: str
    description: str = ""
    version: str = ""
    condition: str = "missing"
    is_wanted: bool = False
    phase: str = ""
    action: str = ""
    reason: str = ""
    changed_at: datetime | None = None
    requires: dict[str, str] = field(default_factory=dict)
    required_by: dict[str, str] = field(default_factory=dict)
    health: list[Check] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    resting: list[str] = field(default_factory=list)
    nodes: list[NodeView] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    about: About = field(default_factory=About)
    schema: str = "none"
    newer: str = ""
    has_settings: bool = False

    @property
    def can_enable(self) -> bool:
        """Whether switching it on makes sense."""
        return self.condition in SWITCHABLE

    @property
    def can_disable(self) -> bool:
        """Whether it is wanted, however it fares, or its failure should be put aside."""
        if self.condition in ("broken", "unloaded"):
            return self.is_wanted
        return self.condition in ("on", "waiting", "behind", "ahead")

    @property
    def can_retry(self) -> bool:
        """Whether what failed can be done once more."""
        return self.condition == "failed" and bool(self.action)

    @property
    def can_purge(self) -> bool:
        """Whether there is something to delete and nobody uses it."""
        return self.condition in ("off", "failed", "missing") or (self.condition == "broken" and not self.is_wanted)

    @property
    def errors(self) -> int:
        """How many errors all running processes have seen within a day."""
        return sum(node.failures for node in self.nodes if node.is_live)

    @property
    def p95_ms(self) -> int | None:
        """The slowest process's 95th percentile of the plugin's pages."""
        return max((node.p95_ms for node in self.nodes if node.is_live and node.p95_ms is not None), default=None)


def list_plugins(member: Actor, host: PluginHost) -> list[PluginView]:
    """Every plugin that is here or once was, in their order. Raises Forbidden without ``plugins.manage``."""
    require(member, MANAGE)
    rows = {row.id: row for row in db.session.scalars(select(PluginState).order_by(PluginState.id))}
    installed = list_installed()
    here = [_view(host, plugin, rows.pop(plugin.id, None), installed) for plugin in host.plugins.values()]
    unloaded = [
        _absent(rows.pop(name, None), name, installed) for name in sorted(installed) if name not in host.plugins
    ]
    gone = [_absent(row, row.id, installed) for row in rows.values() if row.state != "purged"]
    return here + unloaded + gone


def get_plugin(member: Actor, host: PluginHost, plugin_id: str) -> PluginView:
    """One plugin, with what each node has of it. Raises Forbidden without ``plugins.manage``, NotFound."""
    require(member, MANAGE)
    row, plugin = db.session.get(PluginState, plugin_id), host.plugins.get(plugin_id)
    installed = list_installed()
    if plugin is None and row is None and plugin_id not in installed:
        raise NotFound
    view = _view(host, plugin, row, installed) if plugin else _absent(row, plugin_id, installed)
    view.nodes = list_node_views(host, plugin_id, installed.get(plugin_id, ""))
    return view


def _view(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None, installed: dict[str, str]) -> PluginView:
    manifest, condition, breaker = plugin.manifest, _condition(host, plugin, row), host.hooks.breaker
    health = host.hooks.ask("portal_health", only=[plugin.id]) if condition == "on" else []
    needing = [one.id for one in host.loaded if one.manifest and plugin.id in one.manifest.requires]
    with said_by(plugin.id):
        description = str(manifest.description) if manifest else ""
    return PluginView(
        id=plugin.id,
        title=title_of(host, plugin.id),
        description=description,
        version=plugin.version,
        condition=condition,
        is_wanted=row is not None and row.state in ("enabled", "failed"),
        phase=row.phase if row else "",
        action=row.action if row else "",
        reason=_reason(plugin, row),
        changed_at=row.changed_at if row else None,
        requires={title_of(host, name): wanted for name, wanted in sorted(manifest.requires.items())}
        if manifest
        else {},
        required_by={name: title_of(host, name) for name in needing},
        health=[check for _name, checks in health for check in checks],
        failures=[failure for failure in breaker.measures.failures if failure.plugin == plugin.id][-5:],
        resting=[hook for name, hook in breaker.resting() if name == plugin.id],
        tables=row.tables if row else [],
        about=describe(plugin.distribution),
        schema=_schema(host, plugin, row),
        newer=_newer(plugin.version, installed.get(plugin.id, "")),
        has_settings=bool(host.declared.get(plugin.id)),
    )


def _newer(running: str, installed: str) -> str:
    """The version that is installed and does not run yet; "" if there is none."""
    try:
        return installed if installed and running and Version(installed) != Version(running) else ""
    except InvalidVersion:
        return installed if installed != running else ""


def _schema(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None) -> str:
    lineage = host.lineage(plugin.id) if plugin.is_loaded else None
    if lineage is None or row is None or not row.schema_revision:
        return "none"
    if lineage.head == row.schema_revision:
        return "current"
    return "behind" if lineage.knows(row.schema_revision) else "ahead"


def _condition(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None) -> str:
    state = row.state if row else "discovered"
    if state in PASSING:
        return "busy"
    if not plugin.is_loaded:
        return "broken"
    if state == "enabled":
        return _effect(host, plugin, row)
    if state in ("failed", "missing"):
        return "failed" if row and (row.action or row.reason) else "new"
    return "new" if state in ("discovered", "purged") else "off"


def _effect(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None) -> str:
    """Why a plugin that is wanted does not run here, or that it does."""
    if plugin.id in host.now.behind:
        return "ahead" if _schema(host, plugin, row) == "ahead" else "behind"
    return "on" if host.is_effective(plugin.id) else "waiting"


def _reason(plugin: LoadedPlugin, row: PluginState | None) -> str:
    if not plugin.is_loaded:
        return f"{plugin.phase}: {plugin.error}"
    return row.reason if row is not None else ""


def _absent(row: PluginState | None, plugin_id: str, installed: dict[str, str]) -> PluginView:
    """A plugin that this process has not loaded: its package is gone, or new, or left out on purpose (safe mode)."""
    return PluginView(
        id=plugin_id,
        title=plugin_id,
        version=row.version if row else installed.get(plugin_id, ""),
        condition="unloaded" if plugin_id in installed else "missing",
        is_wanted=row is not None and row.state == "enabled",
        reason=row.reason if row else "",
        phase=row.phase if row else "",
        action=row.action if row else "",
        changed_at=row.changed_at if row else None,
        tables=row.tables if row else [],
    )
