"""What the worker does for the audit log: it seals what is new and takes away what is kept too long."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.audit.services import chain
from portal.database import utcnow
from portal.extensions import db
from portal.jobs import job

NETWORK_KEPT = timedelta(days=90)
BATCH = 500


@job("admin.seal_audit", every=60)
def seal_audit() -> None:
    """Seal what was recorded since the last time."""
    chain.seal()


@job("admin.forget_networks", every=3600)
def forget_networks() -> None:
    """Forget from which network something was done, 90 days later; the chain holds without it."""
    old = select(AuditEntry).where(AuditEntry.at < utcnow() - NETWORK_KEPT, AuditEntry.network != "")
    for entry in db.session.scalars(old.order_by(AuditEntry.at).limit(BATCH)).all():
        chain.forget_part(entry, "network")
