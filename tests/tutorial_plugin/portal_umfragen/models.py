"""Questions and votes."""

from datetime import datetime

from portal.sdk.database import AudienceType, plugin_base, references, utcnow
from portal.sdk.network import Member
from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

Base = plugin_base("umfragen")


class Poll(Base):
    """A question; ``audience`` are the principals that may read it and vote."""

    __tablename__ = "umfragen_poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(200))
    answers: Mapped[list[str]] = mapped_column(JSON)
    audience: Mapped[list[str]] = mapped_column(AudienceType)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class Vote(Base):
    """A member's answer, by its place in the poll's list."""

    __tablename__ = "umfragen_vote"

    poll_id: Mapped[int] = mapped_column(references(Poll, ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(references(Member, ondelete="CASCADE"), primary_key=True)
    answer: Mapped[int] = mapped_column()
