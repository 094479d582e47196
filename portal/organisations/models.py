"""Organisations and memberships."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, utcnow
from portal.members.models import Member

KINDS = ("initiative", "transformation_network", "chamber_project", "association", "office", "other")


class Organisation(Base):
    """An organisation of the network. ``land`` is a code of :data:`portal.topics.laender.LAENDER` or "".

    ``archived_at``: since when it is out of lists and choices and can't be changed. ``version`` grows with each edit,
    so that two editors can't overwrite one another."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_sort_name_id", "sort_name", "id"),
        {"sqlite_autoincrement": True},  # a number that was merged away: others may still name it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(String(30), default="initiative")
    land: Mapped[str] = mapped_column(String(2), default="", index=True)
    town: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)
    archived_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)
    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_archived(self) -> bool:
        """Whether it is out of lists and choices and can't be changed."""
        return self.archived_at is not None


class FormerSlug(Base):
    """A slug under which an organisation was found before: it leads to the present one and is given to no other."""

    __tablename__ = "organisation_former_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)


class Membership(Base):
    """A member belongs to an organisation; an ``editor`` may edit what is theirs."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("role IN ('representative', 'editor')", name="role"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(20), default="representative")
    member: Mapped[Member] = relationship()
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined", innerjoin=True)
