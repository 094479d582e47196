"""The tables; the names of all of them begin with sampleid_."""

from __future__ import annotations

from datetime import datetime

from portal.sdk.database import AudienceType, plugin_base, references, utcnow
from portal.sdk.network import Member
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

Base = plugin_base("sampleid")


class Entry(Base):
    """A short text by a member; ``audience`` are the principals that may read it."""

    __tablename__ = "sampleid_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[list[str]] = mapped_column(AudienceType)
    author_id: Mapped[int | None] = mapped_column(references(Member, ondelete="SET NULL"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
