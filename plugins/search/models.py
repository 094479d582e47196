"""What the search keeps in the database: changes that wait for the index, and how far each plugin has been read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.sdk.database import plugin_base, utcnow

Base = plugin_base("search")


class SearchChange(Base):
    """A thing that was saved or deleted and that the index has yet to follow."""

    __tablename__ = "search_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[str] = mapped_column(String(60))
    is_deleted: Mapped[bool] = mapped_column()
    noted_at: Mapped[datetime] = mapped_column(default=utcnow)


class SearchProgress(Base):
    """Up to which moment a plugin's documents are in the index, and when the two were last compared as a whole."""

    __tablename__ = "search_progress"

    plugin_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    read_until: Mapped[datetime] = mapped_column()
    compared_at: Mapped[datetime] = mapped_column()
