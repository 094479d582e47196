"""Seeding and listing roles."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from portal.extensions import db
from portal.permissions.actor import ADMIN_ROLE
from portal.permissions.models import Role, RoleGrant
from portal.permissions.registry import Permission

BUILT_IN = {ADMIN_ROLE: "Administration", "editorial": "Redaktion"}


def seed_roles(permissions: Iterable[Permission]) -> None:
    """Make the built-in roles; give each permission to its default roles, once: what was taken away stays away."""
    known = {role.name: role for role in db.session.scalars(select(Role))}
    for name, title in BUILT_IN.items():
        if name not in known:
            known[name] = Role(name=name, title=title)
            db.session.add(known[name])
    db.session.flush()
    for permission in permissions:
        _seed_grants(permission, known)
    db.session.flush()


def _seed_grants(permission: Permission, roles: dict[str, Role]) -> None:
    seeded = db.session.scalar(select(func.count()).where(RoleGrant.permission == permission.name))
    if not seeded:
        names = {ADMIN_ROLE, *permission.default_roles} & roles.keys()
        db.session.add_all(RoleGrant(role_id=roles[name].id, permission=permission.name) for name in sorted(names))


def list_roles() -> list[Role]:
    """Every role, by title."""
    return list(db.session.scalars(select(Role).order_by(Role.title)))
