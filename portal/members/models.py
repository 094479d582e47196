"""People. A speaker may be a person without account, who claims it later by invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, utcnow

STATES = ("person", "invited", "active", "disabled")


class Member(Base):
    """A person. ``state``: person (no account), invited, active, disabled. ``email`` is kept in lower case.

    ``version`` grows with each edit, so that two editors can't overwrite one another."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("state IN ('person', 'invited', 'active', 'disabled')", name="state"),
        Index("ix_member_sort_name_id", "sort_name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    function: Mapped[str] = mapped_column(String(160), default="")
    state: Mapped[str] = mapped_column(String(12), default="person", index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    last_login_at: Mapped[datetime | None] = mapped_column()
    previous_login_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)
    # By name: organisations build on members, so this room can't import them. Written by their services only.
    memberships: Mapped[list[Any]] = relationship("Membership", viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_active(self) -> bool:
        """Whether they may log in."""
        return self.state == "active"
