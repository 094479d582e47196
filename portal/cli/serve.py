"""Serving: the web workers, the job worker, or both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from huey import Huey

from portal.application import SETTINGS, create_app
from portal.config import Settings
from portal.database import unit_of_work
from portal.jobs.heartbeat import beat
from portal.jobs.queue import EXTENSION
from portal.plugin_host.host import EXTENSION as HOST
from portal.plugin_host.host import PluginHost
from portal.plugin_host.navigation import the_host

host_option = click.option(
    "--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on."
)
port_option = click.option("--port", envvar="PORT", default=8000, show_default=True, help="Port to listen on.")
GRACE_S = 20


class Web(BaseApplication):
    """gunicorn over our application, without its control socket and without a pid file."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Each worker makes its own application: connections must not cross a fork."""
        app = create_app(self.app.config[SETTINGS])
        with app.app_context():
            the_host().sync(force=True)
            the_host().attend()
        return app


def _leave(server: object, worker: Any) -> None:
    """A worker has ended: it is no node any more."""
    host: PluginHost = worker.wsgi.extensions[HOST]
    if host.presence is not None:
        host.presence.leave()


@click.command()
@host_option
@port_option
@with_appcontext
def web(host: str, port: int) -> None:
    """Run the web workers."""
    settings: Settings = current_app.config[SETTINGS]
    options = {
        "bind": f"{host}:{port}",
        "workers": settings.web_workers,
        "threads": settings.web_threads,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": GRACE_S,
        "keepalive": 5,
        "no_control_socket": True,
        "control_socket_disable": True,
        "loglevel": settings.log_level.lower(),
        "accesslog": None,
        "forwarded_allow_ips": "*" if settings.trusted_proxies else "",
        "worker_exit": _leave,
        "max_requests": 50_000,
        "max_requests_jitter": 5_000,
    }
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    sys.argv = sys.argv[:1]
    Web(app, options).run()


@click.command()
@with_appcontext
def worker() -> None:
    """Run the job worker: mail, thumbnails, text extraction, indexing."""
    the_host().sync(force=True)
    with unit_of_work():
        beat()
    presence = the_host().attend()
    queue: Huey = current_app.extensions[EXTENSION].queue
    queue.pre_execute(name="presence")(lambda task: presence.note())
    try:
        queue.create_consumer(workers=2, periodic=True, initial_delay=0.05, max_delay=0.5, backoff=1.3).run()
    finally:
        presence.leave()


@click.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Run web workers and job worker together; ends both when one ends."""
    command = [sys.executable, "-m", "portal"]
    environment = {**os.environ, "HOST": host, "PORT": str(port)}
    processes = [subprocess.Popen([*command, part], env=environment) for part in ("web", "worker")]  # noqa: S603
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(processes))
    while all(process.poll() is None for process in processes):
        time.sleep(0.3)
    _end(processes)
    sys.exit(max(abs(process.wait()) for process in processes) and 1)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
