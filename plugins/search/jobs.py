"""What the job worker does for the index.

The worker runs each job inside a unit of work that may write, which on SQLite keeps every other writer out from the
first statement on. Indexing mostly reads, so it steps out of that unit of work.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context

import structlog
from flask import Flask, current_app

from plugins.search.index import IndexBusy, SearchIndex
from plugins.search.services import indexing
from plugins.search.services.the_index import find_index
from portal.sdk.contributions import Job

log = structlog.get_logger(__name__)


def index_changes() -> None:
    """Follow what was saved or deleted."""
    _step_out(indexing.index_changes)


def sweep() -> None:
    """Find what nudges missed; rebuild an index that can't be read."""
    _step_out(indexing.sweep)


def rebuild() -> None:
    """Make the index anew."""
    _step_out(lambda index: indexing.rebuild(index, lambda count: None))


def _step_out(work: Callable[[SearchIndex], object]) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    Context().run(_work_in, app, work)


def _work_in(app: Flask, work: Callable[[SearchIndex], object]) -> None:
    with app.app_context():
        try:
            work(find_index())
        except IndexBusy:
            log.info("search_index_busy")


JOBS = [
    Job("search.index", index_changes),
    Job("search.sweep", sweep, every=60),
    Job("search.rebuild", rebuild),
]
