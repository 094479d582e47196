"""When each rule was kept last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class RetentionRun(Base):
    """The last run of a rule: when it began, and how much it removed so far."""

    __tablename__ = "retention_run"

    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column()
    removed: Mapped[int] = mapped_column(default=0)
