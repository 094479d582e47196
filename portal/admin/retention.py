"""How long the audit log is kept, and in it from which network something was done."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.audit.services import chain, cutting
from portal.extensions import db
from portal.retention.registry import Rule


def _count_networks(before: datetime) -> int:
    old = select(func.count()).where(AuditEntry.at < before, AuditEntry.network != "")
    return db.session.scalar(old) or 0


def _forget_networks(before: datetime, most: int) -> int:
    old = select(AuditEntry).where(AuditEntry.at < before, AuditEntry.network != "")
    entries = db.session.scalars(old.order_by(AuditEntry.at).limit(most)).all()
    for entry in entries:
        chain.forget_part(entry, "network")
    db.session.flush()
    return len(entries)


RULES = [
    Rule(
        "audit.networks",
        _l("In the audit log: from which network something was done"),
        "keep_network_days",
        _count_networks,
        _forget_networks,
    ),
    Rule(
        "audit.lines",
        _l("The audit log: who changed what"),
        "keep_audit_days",
        cutting.count_old,
        cutting.cut,
    ),
]
