"""Notices and what members chose of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow

MAILED = ("at_once", "daily", "weekly")
RHYTHMS = ("portal", *MAILED, "never")


class Notice(Base):
    """Something that one member is told. ``subject`` is what it is about, in the words of its kind, ``path`` where that
    is to be seen; ``about`` is the number of the person whose name stands in ``params``.

    ``waits`` is the mail that it waits for, "" for none: taking it is what decides who sends it, and ``sent_at`` is
    written in the same unit of work as the mail. ``key`` keeps a reader from being told twice of the same."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("waits IN ('', 'at_once', 'daily', 'weekly')", name="waits"),
        UniqueConstraint("member_id", "key"),
        Index("ix_notice_member_id_created_at_id", "member_id", "created_at", "id"),
        Index("ix_notice_member_id_read_at", "member_id", "read_at"),
        Index("ix_notice_waits_created_at", "waits", "created_at"),
        Index("ix_notice_kind_subject", "kind", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(300))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    about: Mapped[int | None] = mapped_column(index=True)
    key: Mapped[str | None] = mapped_column(String(140))
    waits: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    read_at: Mapped[datetime | None] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()


class NoticeChoice(Base):
    """How a member wants to be told of a kind; without a row as the kind says."""

    __tablename__ = "notice_choice"
    __table_args__ = (CheckConstraint("rhythm IN ('portal', 'at_once', 'daily', 'weekly', 'never')", name="rhythm"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    rhythm: Mapped[str] = mapped_column(String(8))
