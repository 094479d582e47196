"""Roles, what they grant, and who holds them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base


class Role(Base):
    """A named set of permissions. ``admin`` and ``editorial`` exist from the start and can't be deleted."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="role", cascade="all, delete-orphan")


class RoleGrant(Base):
    """A role grants a permission. Grants of a plugin stay when it is disabled and count again when it is enabled."""

    __tablename__ = "role_grant"

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(80), primary_key=True)
    role: Mapped[Role] = relationship(back_populates="grants")


class MemberRole(Base):
    """A member holds a role."""

    __tablename__ = "member_role"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True)
