"""Profiles of the core's organisations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.sdk.database import AudienceType, plugin_base, references, utcnow
from portal.sdk.network import Member, Organisation, Topic

Base = plugin_base("initiatives")

STATES = ("draft", "published")
REACHES = ("public", "member", "organisation")
SUMMARY_LENGTH = 800


class Profile(Base):
    """What an initiative tells of itself; one for each organisation.

    ``reach`` and ``contact_reach`` say who is meant to read the page and its contact group once it is published:
    "public", "member" or "organisation" (its own people). ``audience`` follows from state and reach, for queries.
    ``pin_…`` is a position set by hand; ``latitude`` and ``longitude`` are where the pin stands: there, or in the town.
    ``revision`` is the number of the newest snapshot, which is what editors' forms carry."""

    __tablename__ = "initiatives_profile"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("reach IN ('public', 'member')", name="reach"),
        CheckConstraint("contact_reach IN ('public', 'member', 'organisation')", name="contact_reach"),
        Index("ix_initiatives_profile_published_at_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(references(Organisation, ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    reach: Mapped[str] = mapped_column(String(12), default="public")
    contact_reach: Mapped[str] = mapped_column(String(12), default="member")
    audience: Mapped[list[str]] = mapped_column(AudienceType)

    claim: Mapped[str] = mapped_column(String(160), default="")
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    text: Mapped[str] = mapped_column(Text, default="")

    founded: Mapped[int | None] = mapped_column()
    legal_form: Mapped[str] = mapped_column(String(120), default="")
    carrier: Mapped[str] = mapped_column(String(200), default="")
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)

    goals: Mapped[list[str]] = mapped_column(JSON, default=list)
    projects: Mapped[str] = mapped_column(Text, default="")
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)

    website: Mapped[str] = mapped_column(String(300), default="")
    mailbox: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    street: Mapped[str] = mapped_column(String(160), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    pin_latitude: Mapped[float | None] = mapped_column()
    pin_longitude: Mapped[float | None] = mapped_column()
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()

    revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    changed_by_id: Mapped[int | None] = mapped_column(references(Member, ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None] = mapped_column()
    confirmed_at: Mapped[datetime | None] = mapped_column()

    organisation: Mapped[Organisation] = relationship(Organisation)
    changed_by: Mapped[Member | None] = relationship(Member)
    topics: Mapped[list[Topic]] = relationship(Topic, secondary=lambda: profile_topic, order_by=Topic.title)
    land_links: Mapped[list[ProfileLand]] = relationship(back_populates="profile", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_published(self) -> bool:
        """Whether the page stands for those it is meant for."""
        return self.state == "published"

    @property
    def laender(self) -> list[str]:
        """The codes of the Länder that the initiative works in, its seat among them."""
        return sorted(link.land for link in self.land_links)


class ProfileLand(Base):
    """An initiative works in a Land, a code of :data:`portal.sdk.network.LAENDER`."""

    __tablename__ = "initiatives_profile_land"
    __table_args__ = (Index("ix_initiatives_profile_land_land_profile_id", "land", "profile_id"),)

    profile_id: Mapped[int] = mapped_column(references(Profile, ondelete="CASCADE"), primary_key=True)
    land: Mapped[str] = mapped_column(String(2), primary_key=True)
    profile: Mapped[Profile] = relationship(back_populates="land_links")


profile_topic = Table(
    "initiatives_profile_topic",
    Base.metadata,
    Column("profile_id", references(Profile, ondelete="CASCADE"), primary_key=True),
    Column("topic_id", references(Topic, ondelete="CASCADE"), primary_key=True, index=True),
)
