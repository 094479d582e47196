"""The audit log."""

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record

__all__ = ["find_last_change", "record"]
