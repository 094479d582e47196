"""What the gate costs a request: `python -m bench.gate` measures the same pages with it and without it, in one process.

The application stands on SQLite in a temporary folder; each round calls a page twenty times with the gate and then
without, and the fastest rounds count, as those were disturbed least."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from portal.application import create_app
from portal.config import load_settings
from portal.plugin_host.gate import PortalFlask, plugin_of
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.plugin_host.upgrading import upgrade_all

ROUNDS, CALLS = 20, 20
PAGES = {"health, no database": "/healthz", "list of events": "/events/"}


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        app = _make_app(Path(folder))
        client = app.test_client()
        for name, path in PAGES.items():
            gated, bare = _compare(client, path)
            print(f"| {name} | {gated * 1e6:.0f} | {bare * 1e6:.0f} | {(gated - bare) * 1e6:+.0f} |")
        host: PluginHost = app.extensions[EXTENSION]
        with app.app_context():
            alone = _time(lambda: host.sync() or host.is_effective(plugin_of("/events/x")), 20_000)
        print(f"gate alone: {alone * 1e6:.2f} µs")


def _make_app(folder: Path) -> Flask:
    app = create_app(load_settings(data_dir=folder, secret_key="b" * 40, log_level="ERROR"), immediate_jobs=True)
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        list(upgrade_all(app.extensions[EXTENSION]))
    return app


def _compare(client: FlaskClient, path: str) -> tuple[float, float]:
    """Seconds for a call with the gate and without, the fastest of alternating rounds."""
    with_gate, without = PortalFlask.preprocess_request, Flask.preprocess_request
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for is_gated in (True, False):
            PortalFlask.preprocess_request = with_gate if is_gated else without  # type: ignore[method-assign]
            times[is_gated].append(_time(lambda: client.get(path).close()))
    PortalFlask.preprocess_request = with_gate  # type: ignore[method-assign]
    return min(times[True]), min(times[False])


def _time(call: Callable[[], object], calls: int = CALLS) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - started) / calls


if __name__ == "__main__":
    main()
