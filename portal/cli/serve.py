"""Serving: the web workers, the job worker, or both."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkProcess
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from huey import Huey
from sqlalchemy.exc import SQLAlchemyError

from portal.application import SETTINGS
from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.jobs.heartbeat import beat
from portal.jobs.queue import EXTENSION
from portal.plugin_host.host import EXTENSION as HOST
from portal.plugin_host.host import PluginHost
from portal.plugin_host.navigation import the_host
from portal.plugin_host.scanning import scan

host_option = click.option(
    "--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on."
)
port_option = click.option("--port", envvar="PORT", default=8000, show_default=True, help="Port to listen on.")
GRACE_S, MARGIN_S = 20, 5
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # a closed terminal ends it too
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class Web(BaseApplication):
    """gunicorn over our application, without its control socket and without a pid file.

    The application is made once, before the workers are forked from it: so they start at once and share its memory."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """In the worker, after the fork: follow the database over a connection of its own."""
        with self.app.app_context():
            the_host().sync(force=True)
            the_host().attend().keep_noting()
        return self.app


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
    _serve_web(_ready_to_fork(), host, port)


@click.command()
@with_appcontext
def worker() -> None:
    """Run the job worker: mail, thumbnails, text extraction, indexing."""
    _do_jobs(_ready_to_fork())


@click.command()
@host_option
@port_option
@with_appcontext
def serve(host: str, port: int) -> None:
    """Run web workers and job worker together; ends both when one ends."""
    app = _ready_to_fork()
    forking = multiprocessing.get_context("fork")
    processes = [
        forking.Process(target=_as_part, args=(os.getpid(), _serve_web, app, host, port)),
        forking.Process(target=_as_part, args=(os.getpid(), _do_jobs, app)),
    ]
    for process in processes:
        process.start()
    for number in ENDING:
        signal.signal(number, lambda *_: _end(processes))
    multiprocessing.connection.wait([process.sentinel for process in processes])
    _end(processes)
    sys.exit(any(process.exitcode not in (0, -signal.SIGTERM) for process in processes))


def _as_part(parent: int, work: Callable[..., None], *arguments: Any) -> None:
    """Do the work until it ends or the parent does, however that happens: nobody keeps the port without the rest."""
    _end_with_parent()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})  # the parent ends us; alone, each would start itself anew
    if os.getppid() == parent:
        work(*arguments)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _ready_to_fork() -> Flask:
    """The application without open connections, which must not cross a fork, and with all it has loaded set apart
    from what the collector looks through, so that the processes go on sharing that memory."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with suppress(SQLAlchemyError):  # without its database or schema the portal starts all the same, and says so
        scan(the_host())
    db.session.remove()
    db.engine.dispose()
    app.extensions[EXTENSION].queue.storage.close()
    gc.collect()
    gc.freeze()
    return app


def _serve_web(app: Flask, host: str, port: int) -> None:
    settings: Settings = app.config[SETTINGS]
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
        "forwarder_headers": "",
        "post_fork": lambda server, worker: _end_with_parent(),
        "worker_exit": _leave,
        "max_requests": 50_000,
        "max_requests_jitter": 5_000,
    }
    sys.argv = sys.argv[:1]
    Web(app, options).run()


def _do_jobs(app: Flask) -> None:
    with app.app_context():
        the_host().sync(force=True)
        with unit_of_work():
            beat()
        presence = the_host().attend()
        queue: Huey = app.extensions[EXTENSION].queue
        queue.pre_execute(name="presence")(lambda task: presence.note())
        try:
            queue.create_consumer(workers=2, periodic=True, initial_delay=0.05, max_delay=0.5, backoff=1.3).run()
        finally:
            presence.leave()


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        if process.is_alive():
            process.terminate()
    for process in processes:
        process.join(GRACE_S + MARGIN_S)  # gunicorn gives its workers GRACE_S before it kills them
        if process.is_alive():
            process.kill()
            process.join()
