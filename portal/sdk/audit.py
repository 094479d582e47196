"""The audit log."""

from portal.audit.services.recording import record

__all__ = ["record"]
