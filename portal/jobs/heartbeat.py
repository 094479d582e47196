"""The worker says every minute that it lives."""

from __future__ import annotations

import socket
from datetime import timedelta

from sqlalchemy import func, select

from portal.database import utcnow
from portal.extensions import db
from portal.jobs.models import WorkerSign
from portal.jobs.registry import job

LATE_AFTER = timedelta(minutes=3)


@job("jobs.heartbeat", every=60)
def beat() -> None:
    """Note that this machine's worker is alive."""
    db.session.merge(WorkerSign(node=socket.gethostname(), seen_at=utcnow()))


def is_worker_alive() -> bool:
    """Whether some worker was seen in the last three minutes."""
    seen = db.session.scalar(select(func.max(WorkerSign.seen_at)))
    return seen is not None and utcnow() - seen < LATE_AFTER
