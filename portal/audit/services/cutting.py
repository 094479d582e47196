"""Cutting off the oldest lines of the audit log. What is left can still be checked.

The head keeps where the chain now begins: the number of the last line that went, and the hash that the next one
follows. The same is said by a new line of the log, which is sealed like every other: whoever cuts off more, or moves
the beginning, must forge that line too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from portal.audit.models import AuditEntry, AuditHead
from portal.audit.services import chain
from portal.audit.services.recording import record
from portal.extensions import db
from portal.permissions.actor import system


def count_old(before: datetime) -> int:
    """How many lines at the beginning of the log are older than ``before``."""
    head = db.session.scalars(select(AuditHead)).one()
    return max(0, _last_old(head, before) - head.cut_number)


def cut(before: datetime, most: int) -> int:
    """Remove at most ``most`` lines from the beginning of the log that are older than ``before``; gives how many."""
    chain.seal()
    head = db.session.scalars(select(AuditHead).with_for_update()).one()
    last = min(_last_old(head, before), head.cut_number + most)
    removed = last - head.cut_number
    if removed <= 0:
        return 0
    edge = db.session.scalars(select(AuditEntry).where(AuditEntry.number == last)).one()
    head.cut_number, head.cut_hash = last, chain.hash_after(edge)
    db.session.execute(delete(AuditEntry).where(AuditEntry.number <= last))
    details = {"lines": removed, "number": last, "hash": head.cut_hash}
    record(system(), "audit.cut", "audit", "", details)
    db.session.flush()
    chain.seal()
    return removed


def _last_old(head: AuditHead, before: datetime) -> int:
    """The number of the last line of which it and all before it are old; only sealed ones count."""
    young = select(func.min(AuditEntry.number)).where(AuditEntry.at >= before)
    first_young = db.session.scalar(young)
    return head.number if first_young is None else first_young - 1
