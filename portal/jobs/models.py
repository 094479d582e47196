"""Signs of life of the workers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class WorkerSign(Base):
    """When a worker was last seen alive; /readyz and the system page read it."""

    __tablename__ = "worker_sign"

    node: Mapped[str] = mapped_column(String(120), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column()
