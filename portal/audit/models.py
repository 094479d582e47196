"""The audit log: rows are added, never changed but for what retention takes away; a chain of hashes shows a change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow


class AuditEntry(Base):
    """One action: ``action`` is ``<thing>.<past participle>``; ``details`` holds before and after, never a secret.

    ``actor_number`` is the number of who acted, also when their row is gone. ``number`` and what follows are written
    once, when the entry is sealed into the chain (:mod:`portal.audit.services.chain`)."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_type", "subject_id", "id"),
        Index("ix_audit_entry_actor_id_id", "actor_id", "id"),
        Index("ix_audit_entry_action_id", "action", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    action: Mapped[str] = mapped_column(String(80))
    subject_type: Mapped[str] = mapped_column(String(60), default="")
    subject_id: Mapped[str] = mapped_column(String(60), default="")
    network: Mapped[str] = mapped_column(String(60), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    actor_number: Mapped[int | None] = mapped_column()
    number: Mapped[int | None] = mapped_column(unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64), default="")
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    parts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class AuditHead(Base):
    """Both ends of the chain, in one row: how many entries are sealed and the hash that the next one follows, and the
    last line that retention cut off (``cut_number``) with the hash that the first line which is left follows."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
    cut_number: Mapped[int] = mapped_column(default=0)
    cut_hash: Mapped[str] = mapped_column(String(64), default="")
