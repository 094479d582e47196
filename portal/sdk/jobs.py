"""Work for the job worker."""

from portal.jobs import enqueue

__all__ = ["enqueue"]
