"""One way to write the audit log."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from portal.audit.models import AuditEntry
from portal.extensions import db
from portal.permissions.actor import Actor

network: ContextVar[str] = ContextVar("portal_network", default="")


def record(
    member: Actor, action: str, subject_type: str = "", subject_id: object = "", details: dict[str, Any] | None = None
) -> AuditEntry:
    """Add an entry in the present unit of work: it is kept exactly if the change is."""
    entry = AuditEntry(
        actor_id=member.id,
        actor_name=member.name,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        network=network.get(),
        details=details or {},
    )
    db.session.add(entry)
    return entry
