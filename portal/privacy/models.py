"""Files with everything that is known of a member, and what an erasure has left to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow

# In the place of a plugin: the unused parts of the database's files. No plugin can be named so.
FILES = ""


class ErasureRemainder(Base):
    """An erased member of whom a plugin may still hold something, because it could not be asked, or the database's
    files (:data:`FILES`), because they were not written anew since."""

    __tablename__ = "erasure_remainder"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    plugin_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=utcnow)


class DataExport(Base):
    """One such file: asked for, being made (``percent`` of it), ready until ``expires_at``. The file is an attachment
    that names nobody as its audience; it is given out by this room alone."""

    __tablename__ = "data_export"
    __table_args__ = (CheckConstraint("state IN ('pending', 'ready', 'failed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    percent: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(index=True)
