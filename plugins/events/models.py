"""Events, their sections and what belongs to them. Every protected row carries its effective audience."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Column, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.sdk.database import AudienceType, plugin_base, references, utcnow
from portal.sdk.files import Attachment
from portal.sdk.network import Member, Organisation, Topic

Base = plugin_base("events")

EVENT, SECTION = "events.event", "events.section"  # what attachments and revisions call them
STATES = ("draft", "published")
AUDIENCES = ("public", "member", "participants", "team")
SECTION_AUDIENCES = ("inherit", *AUDIENCES)
SECTION_KINDS = (
    *("opening", "keynote", "exercise", "speed_dating", "lab"),
    *("panel", "closing", "break", "other"),
)
RESULT_KINDS = ("measure", "finding", "open_question", "insight", "summary")
ROLES = ("participant", "speaker", "moderator", "ambassador", "host")
NEVER_AGAIN = {"sqlite_autoincrement": True}  # a number that was deleted: a form may still be open at it


def _one_of(name: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


class Event(Base):
    """An event and its report. ``audience`` may read the page, ``internal_audience`` what is not for the public."""

    __tablename__ = "events_event"
    __table_args__ = (
        _one_of("state", STATES),
        _one_of("audience_choice", AUDIENCES),
        Index("ix_events_event_starts_at_id", "starts_at", "id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    motto: Mapped[str] = mapped_column(String(300), default="")
    series: Mapped[str] = mapped_column(String(120), default="")
    edition: Mapped[int | None] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime | None] = mapped_column()
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Berlin")
    place: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    host: Mapped[str] = mapped_column(String(200), default="")
    funder: Mapped[str] = mapped_column(String(200), default="")
    parallel_title: Mapped[str] = mapped_column(String(200), default="")
    parallel_url: Mapped[str] = mapped_column(String(500), default="")
    teaser: Mapped[str] = mapped_column(Text, default="")
    lookback: Mapped[str] = mapped_column(Text, default="")
    internal: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[int | None] = mapped_column()
    initiative_people: Mapped[int | None] = mapped_column()
    initiatives: Mapped[int | None] = mapped_column()
    networks: Mapped[int | None] = mapped_column()
    state: Mapped[str] = mapped_column(String(12), default="draft")
    audience_choice: Mapped[str] = mapped_column(String(12), default="public")
    audience: Mapped[list[str]] = mapped_column(AudienceType, default=list)
    internal_audience: Mapped[list[str]] = mapped_column(AudienceType, default=list)
    language: Mapped[str] = mapped_column(String(8), default="de")
    cover_id: Mapped[int | None] = mapped_column(references(Attachment, ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    topics: Mapped[list[Topic]] = relationship(Topic, secondary=lambda: event_topic, order_by=Topic.title)
    cover: Mapped[Attachment | None] = relationship(Attachment)
    __mapper_args__ = {"version_id_col": version}

    @property
    def local_start(self) -> datetime:
        """The beginning, on a clock at the place of the event."""
        return self.starts_at.astimezone(ZoneInfo(self.timezone))

    @property
    def local_end(self) -> datetime | None:
        """The end, on a clock at the place of the event."""
        return self.ends_at.astimezone(ZoneInfo(self.timezone)) if self.ends_at else None

    @property
    def is_published(self) -> bool:
        """Whether readers beyond the team may see it."""
        return self.state == "published"


class SlugRedirect(Base):
    """An address that an event had before its title changed."""

    __tablename__ = "events_slug_redirect"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    event_id: Mapped[int] = mapped_column(references(Event, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Section(Base):
    """A part of an event's programme. Times are local to the event; ``questions`` and ``speakers`` hold one a line."""

    __tablename__ = "events_section"
    __table_args__ = (
        _one_of("kind", SECTION_KINDS),
        _one_of("audience_choice", SECTION_AUDIENCES),
        Index("ix_events_section_event_id_position", "event_id", "position"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(references(Event, ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20), default="other")
    title: Mapped[str] = mapped_column(String(200))
    subtitle: Mapped[str] = mapped_column(String(300), default="")
    starts: Mapped[time | None] = mapped_column()
    ends: Mapped[time | None] = mapped_column()
    room: Mapped[str] = mapped_column(String(120), default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    questions: Mapped[str] = mapped_column(Text, default="")
    speakers: Mapped[str] = mapped_column(Text, default="")
    audience_choice: Mapped[str] = mapped_column(String(12), default="inherit")
    audience: Mapped[list[str]] = mapped_column(AudienceType, default=list)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)

    event: Mapped[Event] = relationship(Event)
    pitches: Mapped[list[Pitch]] = relationship(
        "Pitch", back_populates="section", order_by="Pitch.position", cascade="all, delete-orphan", passive_deletes=True
    )
    results: Mapped[list[Result]] = relationship(
        "Result",
        back_populates="section",
        order_by="Result.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def question_list(self) -> list[str]:
        """The guiding questions, one by one."""
        return _lines(self.questions)

    @property
    def speaker_list(self) -> list[str]:
        """Who spoke or moderated, one by one."""
        return _lines(self.speakers)


class Pitch(Base):
    """How an organisation met a challenge: challenge, solution, measure."""

    __tablename__ = "events_pitch"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(references(Section, ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    challenge: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[int | None] = mapped_column(references(Organisation, ondelete="SET NULL"), index=True)
    presenter_id: Mapped[int | None] = mapped_column(references(Member, ondelete="SET NULL"), index=True)
    audience: Mapped[list[str]] = mapped_column(AudienceType, default=list)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)

    section: Mapped[Section] = relationship(Section, back_populates="pitches")
    organisation: Mapped[Organisation | None] = relationship(Organisation)
    presenter: Mapped[Member | None] = relationship(Member)
    topics: Mapped[list[Topic]] = relationship(Topic, secondary=lambda: pitch_topic, order_by=Topic.title)
    __mapper_args__ = {"version_id_col": version}


class Result(Base):
    """What a section brought forth: a measure, a finding, an open question, an insight, an ambassador's summary."""

    __tablename__ = "events_result"
    __table_args__ = (_one_of("kind", RESULT_KINDS), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(references(Section, ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(16), default="finding")
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(references(Member, ondelete="SET NULL"), index=True)
    audience: Mapped[list[str]] = mapped_column(AudienceType, default=list)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)

    section: Mapped[Section] = relationship(Section, back_populates="results")
    author: Mapped[Member | None] = relationship(Member)
    __mapper_args__ = {"version_id_col": version}


class Participation(Base):
    """A person took part in an event for an organisation; listed for others only since ``consent_listed_at``."""

    __tablename__ = "events_participation"
    __table_args__ = (_one_of("role", ROLES), UniqueConstraint("event_id", "member_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(references(Event, ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(references(Member, ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(references(Organisation, ondelete="SET NULL"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="participant")
    consent_listed_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(Event)
    member: Mapped[Member] = relationship(Member)
    organisation: Mapped[Organisation | None] = relationship(Organisation)
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_listed(self) -> bool:
        """Whether others who took part see the person in the list."""
        return self.consent_listed_at is not None


event_topic = Table(
    "events_event_topic",
    Base.metadata,
    Column("event_id", references(Event, ondelete="CASCADE"), primary_key=True),
    Column("topic_id", references(Topic, ondelete="CASCADE"), primary_key=True, index=True),
)
pitch_topic = Table(
    "events_pitch_topic",
    Base.metadata,
    Column("pitch_id", references(Pitch, ondelete="CASCADE"), primary_key=True),
    Column("topic_id", references(Topic, ondelete="CASCADE"), primary_key=True, index=True),
)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
