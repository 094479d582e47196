"""Switches that take long go on while their page shows how far they are."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app
from flask_babel import force_locale, get_locale
from flask_login import current_user

from portal.database.work import commit
from portal.errors import PortalError
from portal.permissions.actor import Actor
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.navigation import the_host

log = structlog.get_logger(__name__)
PATIENCE_S = 4.0


class Switch:
    """One switch on its way: ``error`` is what it raised, ``is_done`` whether it came to an end within the patience."""

    def __init__(self, app: Flask, work: Callable[[], object]) -> None:
        self._app, self._work, self._locale = app, work, str(get_locale() or "de")
        self.error: Exception | None = None
        self.is_done = False

    def run(self) -> None:
        """Do it in an application context of its own."""
        try:
            with self._app.app_context(), force_locale(self._locale):
                self._work()
        except Exception as error:
            self.error = error
            if not isinstance(error, PortalError):
                log.exception("switch_failed")
        finally:
            self.is_done = True


def run_switch(work: Callable[[Lifecycle, Actor], Any]) -> bool:
    """Run ``work`` beside this request and wait for a moment. Gives False if it goes on; raises what it refuses with.

    The request's own transaction ends first: what follows needs the database's lock."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    actor: Actor = current_user._get_current_object()  # type: ignore[attr-defined]
    lifecycle = Lifecycle(the_host())
    commit()
    switch = Switch(app, lambda: work(lifecycle, actor))
    thread = threading.Thread(target=contextvars.copy_context().run, args=(switch.run,), name="plugin-switch")
    thread.start()
    thread.join(PATIENCE_S)
    if switch.error is not None:
        raise switch.error
    return switch.is_done
