"""What the worker does for plugins: it notices switches that were interrupted and packages that are gone."""

from __future__ import annotations

from portal.jobs import job
from portal.plugin_host.navigation import the_host
from portal.plugin_host.scanning import scan


@job("plugins.scan", every=60)
def scan_plugins() -> None:
    """Look once a minute; this process's unit of work has written nothing before."""
    scan(the_host())
