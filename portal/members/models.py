"""People. A speaker may be a person without account, who claims it later by invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Connection, ForeignKey, Index, String, Table, Text, delete, event
from sqlalchemy import insert as insert_into
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.database import Base, utcnow
from portal.members.naming import words_of
from portal.topics.models import Topic

STATES = ("person", "invited", "active", "disabled")

member_topic = Table(
    "member_topic",
    Base.metadata,
    Column("member_id", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Member(Base):
    """A person. ``state``: person (no account), invited, active, disabled. ``email`` is kept in lower case.

    ``email_shown`` and its like say who sees a field: network, organisation (a shared one) or nobody; they are read
    by ``services/visibility.py`` alone. ``erase_at``: when the account will be erased; ``erased_at``: when it was.
    ``version`` grows with each edit, so that two editors can't overwrite one another."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("state IN ('person', 'invited', 'active', 'disabled')", name="state"),
        Index("ix_member_sort_name_id", "sort_name", "id"),
        Index("ix_member_last_login_at_id", "last_login_at", "id"),
        Index("ix_member_created_at_id", "created_at", "id"),
        {"sqlite_autoincrement": True},  # a number that was merged away: others may still name it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    title: Mapped[str] = mapped_column(String(40), default="")
    function: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    email_shown: Mapped[str] = mapped_column(String(12), default="nobody")
    phone_shown: Mapped[str] = mapped_column(String(12), default="nobody")
    photo_shown: Mapped[str] = mapped_column(String(12), default="network")
    about_shown: Mapped[str] = mapped_column(String(12), default="network")
    languages_shown: Mapped[str] = mapped_column(String(12), default="network")
    topics_shown: Mapped[str] = mapped_column(String(12), default="network")
    state: Mapped[str] = mapped_column(String(12), default="person", index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(8), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="")
    theme: Mapped[str] = mapped_column(String(8), default="")
    erase_at: Mapped[datetime | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    last_login_at: Mapped[datetime | None] = mapped_column()
    previous_login_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)
    # By name: organisations build on members, so this room can't import them. Written by their services only.
    memberships: Mapped[list[Any]] = relationship("Membership", viewonly=True)
    topics: Mapped[list[Topic]] = relationship(Topic, secondary=member_topic, order_by=Topic.title)

    __mapper_args__ = {"version_id_col": version}

    @property
    def full_name(self) -> str:
        """The name with the title before it: Dr. Anna Muster."""
        return f"{self.title} {self.name}".strip()

    @property
    def dial(self) -> str:
        """The telephone number as devices dial it."""
        return "".join(char for char in self.phone if char in "+0123456789")

    @property
    def is_active(self) -> bool:
        """Whether they may log in."""
        return self.state == "active"


class MemberWord(Base):
    """A folded word of somebody's name or function, so that people are found by the beginning of any of their words.

    Asked both ways: who has such a word, and whether somebody has one; each is answered from an index alone."""

    __tablename__ = "member_word"
    __table_args__ = (Index("ix_member_word_member_id_word", "member_id", "word"),)

    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


@event.listens_for(Member, "after_insert")
@event.listens_for(Member, "after_update")
def keep_words(mapper: Mapper[Member], connection: Connection, target: Member) -> None:
    """The words follow the name and the function, whoever changes them."""
    words = words_of(f"{target.name} {target.function}")
    connection.execute(delete(MemberWord).where(MemberWord.member_id == target.id))
    if words:
        connection.execute(insert_into(MemberWord), [{"word": word, "member_id": target.id} for word in words])
