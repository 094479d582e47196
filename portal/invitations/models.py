"""Invitations and requests for access. Their secrets are stored only as hashes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, utcnow
from portal.members.models import Member
from portal.organisations.models import Organisation


class Invitation(Base):
    """An invitation to one address, used at most once. ``member_id``: the person who claims their history by it.

    ``role`` is that in the organisation. Whether the address has an account is looked up only when it is accepted."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("role IN ('representative', 'editor')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(8), default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="representative")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    sent_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    invited_by: Mapped[Member | None] = relationship(foreign_keys=[invited_by_id], lazy="joined")

    @property
    def is_expired(self) -> bool:
        """Whether its time is over; it can be sent anew."""
        return self.expires_at <= utcnow()


class AccessRequest(Base):
    """Somebody without an account asks for one. It waits for a decision once the address is confirmed.

    ``outcome``: "" while it waits, then approved or refused."""

    __tablename__ = "access_request"
    __table_args__ = (CheckConstraint("outcome IN ('', 'approved', 'refused')", name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime] = mapped_column()
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
