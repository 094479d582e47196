"""What each process that serves the portal has of a plugin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.plugin_host.host import PluginHost
from portal.plugin_host.nodes import SeenNode, list_nodes


@dataclass(frozen=True)
class NodeView:
    """One serving process, seen in the last hour; ``version`` is "" where it has nothing of the plugin.

    ``is_outdated``: it runs another version than the one installed on this machine."""

    name: str
    seen_at: datetime
    started_at: datetime
    is_live: bool
    is_loaded: bool = False
    is_outdated: bool = False
    version: str = ""
    error: str = ""
    trace: str = ""
    failures: int = 0
    last_failure: str = ""
    p95_ms: int | None = None


def list_node_views(host: PluginHost, plugin_id: str, installed: str) -> list[NodeView]:
    """Every process; of this one as it is now, of others as they said within the last minute."""
    return [_view(host, plugin_id, one, installed) for one in list_nodes(plugin_id)]


def _view(host: PluginHost, plugin_id: str, seen: SeenNode, installed: str) -> NodeView:
    if seen.row is None:
        return NodeView(seen.name, seen.seen_at, seen.started_at, seen.is_live)
    row = seen.row
    fares = host.hooks.breaker.measures.of(plugin_id) if seen.name == host.node else row
    return NodeView(
        seen.name,
        seen.seen_at,
        seen.started_at,
        seen.is_live,
        row.loaded,
        bool(installed) and row.version != installed,
        row.version,
        row.error,
        row.traceback,
        fares.failures,
        fares.last_failure,
        fares.p95_ms,
    )
