"""What the database knows of plugins: the admins' intent, what each node runs, and the generation counter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow


class PluginState(Base):
    """The stored state: what the admin wants and how far the schema is."""

    __tablename__ = "portal_plugin"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default="discovered")
    reason: Mapped[str] = mapped_column(Text, default="")
    phase: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[str] = mapped_column(String(60), default="")
    schema_revision: Mapped[str] = mapped_column(String(60), default="")
    tables: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    lease_owner: Mapped[str] = mapped_column(String(120), default="")
    lease_until: Mapped[datetime | None] = mapped_column()


class PluginNode(Base):
    """What one process (``host:pid``) has loaded, and with which error."""

    __tablename__ = "portal_plugin_node"

    node: Mapped[str] = mapped_column(String(120), primary_key=True)
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    version: Mapped[str] = mapped_column(String(60), default="")
    loaded: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(Text, default="")
    traceback: Mapped[str] = mapped_column(Text, default="")
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)


class PluginEpoch(Base):
    """The generation: one row, counted up with every switch and every change of roles, polled by every worker."""

    __tablename__ = "portal_plugin_epoch"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    n: Mapped[int] = mapped_column(default=0)
