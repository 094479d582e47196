"""Two connections to a real PostgreSQL: one holds what it wrote, the other has to wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from portal.extensions import db
from portal.sdk.database import unit_of_work
from tests.fixtures.client import PortalClient
from tests.fixtures.people import open_login

PATIENCE_S = 20
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@dataclass
class Race:
    """Somebody writes and has not committed yet, while somebody else sends a form."""

    app: Flask

    def run(self, first: Callable[[], object], address: str, data: dict[str, Any]) -> TestResponse:
        """What the sender gets whose form arrives after ``first`` wrote and before it is committed."""
        with self.app.app_context():
            token = open_login("editorial")
        with ThreadPoolExecutor(1) as pool:
            with self.app.app_context(), unit_of_work():
                first()
                db.session.flush()
                answer = pool.submit(self._send, token, address, data)
                self._await_waiting(answer)
            return answer.result(PATIENCE_S)

    def _send(self, token: str, address: str, data: dict[str, Any]) -> TestResponse:
        browser: PortalClient = self.app.test_client()  # type: ignore[assignment]
        return browser.log_in_as(token).post(address, data=data)

    def _await_waiting(self, answer: Future[TestResponse]) -> None:
        """Until the sender waits for the writer, so that the order is sure."""
        with watching() as count:
            until = time.monotonic() + PATIENCE_S
            while not count():
                assert not answer.done(), f"nobody waited: {answer.result().status_code}"
                assert time.monotonic() < until, "the form never came to wait"
                time.sleep(0.01)


@contextmanager
def watching() -> Iterator[Callable[[], int]]:
    """Asks, on a third connection, how many wait for a lock."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield lambda: connection.scalar(text(WAITING)) or 0
