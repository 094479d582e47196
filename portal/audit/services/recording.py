"""One way to write the audit log."""

from __future__ import annotations

import unicodedata
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
        actor_number=member.id,
        actor_name=on_one_line(member.name),
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        network=network.get(),
        details=_on_one_line_each(details or {}),
    )
    db.session.add(entry)
    return entry


def on_one_line(text: str) -> str:
    """``text`` without line breaks and control characters, which would forge lines or colours where it is read."""
    return "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text)


def _on_one_line_each(value: Any) -> Any:
    if isinstance(value, str):
        return on_one_line(value)
    if isinstance(value, dict):
        return {name: _on_one_line_each(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_on_one_line_each(one) for one in value]
    return value
