"""Topics with their synonyms."""

from __future__ import annotations

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class Topic(Base):
    """A subject that events, pitches and profiles share. ``synonyms`` are other words for it."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120), unique=True)
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
