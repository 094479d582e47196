"""What the database knows of plugins: the admins' intent, what each node runs, and the generation counter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow


class PluginState(Base):
    """The stored state: what the admin wants and how far the schema is.

    ``action`` is what was begun last and ``before`` the state it was begun from, so that a failure can be tried again
    and ends where it should; ``phase`` is how far it came."""

    __tablename__ = "portal_plugin"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default="discovered")
    reason: Mapped[str] = mapped_column(Text, default="")
    phase: Mapped[str] = mapped_column(String(40), default="")
    action: Mapped[str] = mapped_column(String(20), default="")
    before: Mapped[str] = mapped_column(String(20), default="")
    version: Mapped[str] = mapped_column(String(60), default="")
    schema_revision: Mapped[str] = mapped_column(String(60), default="")
    tables: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    lease_owner: Mapped[str] = mapped_column(String(240), default="")
    lease_until: Mapped[datetime | None] = mapped_column()
    settings_version: Mapped[int] = mapped_column(default=1)


class PluginNode(Base):
    """What one process (``host:pid``) has loaded, with which error, and how the plugin fared in it during a day."""

    __tablename__ = "portal_plugin_node"

    node: Mapped[str] = mapped_column(String(120), primary_key=True)
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    version: Mapped[str] = mapped_column(String(60), default="")
    loaded: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(Text, default="")
    traceback: Mapped[str] = mapped_column(Text, default="")
    mark: Mapped[str] = mapped_column(String(120), default="")
    started_at: Mapped[datetime] = mapped_column(default=utcnow)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)
    failures: Mapped[int] = mapped_column(default=0)
    last_failure: Mapped[str] = mapped_column(Text, default="")
    p95_ms: Mapped[int | None] = mapped_column()


class PluginSetting(Base):
    """What an admin set for a plugin; what is at its default has no row. A secret is kept encrypted."""

    __tablename__ = "portal_plugin_setting"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class PluginEpoch(Base):
    """The generation: one row, counted up with every switch and every change of roles, polled by every worker."""

    __tablename__ = "portal_plugin_epoch"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    n: Mapped[int] = mapped_column(default=0)
