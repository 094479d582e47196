"""Running jobs: each in an application context and a unit of work of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask
from huey import Huey, crontab

from portal.database import unit_of_work
from portal.jobs.queue import EXTENSION
from portal.jobs.registry import JobRegistry

log = structlog.get_logger(__name__)
RETRIES, RETRY_DELAY_S = 3, 20


@dataclass
class JobRunner:
    """Binds the queue to the application. ``may_run`` says whether the owner of a job (a plugin) is in force."""

    app: Flask
    queue: Huey
    registry: JobRegistry
    may_run: Callable[[str], bool]

    def __post_init__(self) -> None:
        self._task = self.queue.task(name="perform", retries=RETRIES, retry_delay=RETRY_DELAY_S)(self._run)
        self.queue.periodic_task(crontab(), name="tick")(self._tick)
        self.app.extensions[EXTENSION] = self

    def perform(self, name: str, arguments: dict[str, Any]) -> None:
        """Queue one run of the job ``name``."""
        self._task(name, arguments)

    def _run(self, name: str, arguments: dict[str, Any]) -> None:
        with self.app.app_context():
            found = self.registry.find(name)
            if found is None or not self.may_run(name):
                log.info("job_skipped", job=name)
                return
            started = time.monotonic()
            with unit_of_work():
                found.func(**arguments)
            log.info("job_done", job=name, ms=round((time.monotonic() - started) * 1000))

    def _tick(self) -> None:
        for one in self.registry.list_due(int(time.time() // 60)):
            self.perform(one.name, {})
