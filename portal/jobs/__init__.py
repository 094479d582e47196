"""Work that needn't keep a reader waiting. The database row is the truth; a job is only a nudge."""

from portal.jobs.queue import enqueue
from portal.jobs.registry import Job, job

__all__ = ["Job", "enqueue", "job"]
