"""What admins see of plugins: intent, effect, health, errors, and what a switch would hide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.errors import NotFound
from portal.extensions import db
from portal.permissions.actor import Actor, require
from portal.plugin_host.contributions import Check
from portal.plugin_host.host import PluginHost
from portal.plugin_host.leases import PASSING
from portal.plugin_host.lifecycle import MANAGE
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.measuring import Failure
from portal.plugin_host.models import PluginState
from portal.plugin_host.nodes import SeenNode, list_nodes


@dataclass(frozen=True)
class NodeView:
    """What one serving process, seen in the last hour, has of a plugin; ``version`` is "" where it has nothing."""

    name: str
    seen_at: datetime
    is_live: bool
    is_loaded: bool
    version: str = ""
    error: str = ""
    trace: str = ""


@dataclass
class PluginView:
    """One plugin as the page shows it.

    ``condition`` is one of: on, waiting, behind, broken, off, new, failed, busy, missing."""

    id: str
    title: Any
    description: Any
    version: str
    condition: str
    is_wanted: bool = False
    reason: str = ""
    changed_at: datetime | None = None
    requires: list[str] = field(default_factory=list)
    required_by: list[str] = field(default_factory=list)
    health: list[Check] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    resting: list[str] = field(default_factory=list)
    nodes: list[NodeView] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    @property
    def can_enable(self) -> bool:
        """Whether switching it on makes sense."""
        return self.condition in ("off", "new", "failed")

    @property
    def can_disable(self) -> bool:
        """Whether it is wanted, however it fares, or its failure should be put aside."""
        return self.condition in ("on", "waiting", "behind") or (self.condition == "broken" and self.is_wanted)


def list_plugins(member: Actor, host: PluginHost) -> list[PluginView]:
    """Every plugin that is here or once was, in their order. Raises Forbidden without ``plugins.manage``."""
    require(member, MANAGE)
    rows = {row.id: row for row in db.session.scalars(select(PluginState).order_by(PluginState.id))}
    here = [_view(host, plugin, rows.pop(plugin.id, None)) for plugin in host.plugins.values()]
    return here + [_missing(row) for row in rows.values() if row.state != "purged"]


def get_plugin(member: Actor, host: PluginHost, plugin_id: str) -> PluginView:
    """One plugin, with what each node has of it. Raises Forbidden without ``plugins.manage``, NotFound."""
    require(member, MANAGE)
    row, plugin = db.session.get(PluginState, plugin_id), host.plugins.get(plugin_id)
    if plugin is None and row is None:
        raise NotFound
    view = _view(host, plugin, row) if plugin else _missing(row)  # type: ignore[arg-type]
    view.nodes = [_node(found) for found in list_nodes(plugin_id)]
    return view


def _node(seen: SeenNode) -> NodeView:
    if seen.row is None:
        return NodeView(seen.name, seen.seen_at, seen.is_live, is_loaded=False)
    row = seen.row
    return NodeView(seen.name, seen.seen_at, seen.is_live, row.loaded, row.version, row.error, row.traceback)


def list_dependants(host: PluginHost, plugin_id: str) -> list[str]:
    """The plugins in force that need this one, directly or through others; those come first that must go first."""
    gone = [plugin_id]
    for name in host.now.effective:
        manifest = host.plugins[name].manifest
        if manifest and name not in gone and any(needed in manifest.requires for needed in gone):
            gone.append(name)
    return gone[:0:-1]


def _view(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None) -> PluginView:
    manifest = plugin.manifest
    condition = _condition(host, plugin, row)
    health = host.hooks.ask("portal_health", only=[plugin.id]) if condition == "on" else []
    breaker = host.hooks.breaker
    return PluginView(
        id=plugin.id,
        title=manifest.title if manifest else plugin.id,
        description=manifest.description if manifest else "",
        version=plugin.version,
        condition=condition,
        is_wanted=row is not None and row.state in ("enabled", "failed"),
        reason=_reason(plugin, row),
        changed_at=row.changed_at if row else None,
        requires=sorted(manifest.requires) if manifest else [],
        required_by=[one.id for one in host.loaded if one.manifest and plugin.id in one.manifest.requires],
        health=[check for _name, checks in health for check in checks],
        failures=[failure for failure in breaker.measures.failures if failure.plugin == plugin.id][-5:],
        resting=[hook for name, hook in breaker.resting() if name == plugin.id],
    )


def _condition(host: PluginHost, plugin: LoadedPlugin, row: PluginState | None) -> str:
    state = row.state if row else "discovered"
    if state in PASSING:
        return "busy"
    if not plugin.is_loaded:
        return "broken"
    if state == "enabled":
        return _effect(host, plugin)
    return {"failed": "failed", "discovered": "new"}.get(state, "off")


def _effect(host: PluginHost, plugin: LoadedPlugin) -> str:
    """Why a plugin that is wanted does not run here, or that it does."""
    if plugin.id in host.now.behind:
        return "behind"
    return "on" if host.is_effective(plugin.id) else "waiting"


def _reason(plugin: LoadedPlugin, row: PluginState | None) -> str:
    if not plugin.is_loaded:
        return f"{plugin.phase}: {plugin.error}"
    if row is not None and row.reason:
        return f"{row.phase}: {row.reason}" if row.phase else row.reason
    return ""


def _missing(row: PluginState) -> PluginView:
    return PluginView(
        id=row.id,
        title=row.id,
        description="",
        version=row.version,
        condition="missing",
        reason=row.reason,
        changed_at=row.changed_at,
        tables=row.tables,
    )
