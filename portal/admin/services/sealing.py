"""What the worker does for the audit log: it seals what is new."""

from __future__ import annotations

from portal.audit.services import chain
from portal.jobs import job


@job("admin.seal_audit", every=60)
def seal_audit() -> None:
    """Seal what was recorded since the last time."""
    chain.seal()
