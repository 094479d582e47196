"""The plugin under examination, in a portal of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from portal.permissions.actor import Actor
from portal.plugin_author.client import PortalClient
from portal.plugin_author.rehearsal import Rehearsal, host_of
from portal.plugin_host.host import PluginHost
from portal.plugin_host.loading import LoadedPlugin

Fill = Callable[[Actor], object]


@dataclass
class Case:
    """``member`` is an ordinary member with a name that is found again; ``fill(member)`` makes one of everything."""

    app: Flask
    rehearsal: Rehearsal
    plugin_id: str
    member: Actor
    client: PortalClient
    fill: Fill | None = None

    @property
    def host(self) -> PluginHost:
        """The plugin host of the portal."""
        return host_of(self.app)

    @property
    def plugin(self) -> LoadedPlugin:
        """The plugin."""
        return self.host.plugins[self.plugin_id]

    @property
    def prefixes(self) -> tuple[str, str]:
        """Where its addresses may lie."""
        return f"/{self.plugin_id}/", f"/api/v1/{self.plugin_id}/"

    def rules(self) -> Iterator[Rule]:
        """Its routes."""
        yield from (one for one in self.app.url_map.iter_rules() if one.endpoint.split(".")[0] == self.plugin_id)
