"""What roles grant."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import selectinload

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.permissions.actor import ADMIN_ROLE, Actor, require
from portal.permissions.models import MemberRole, Role, RoleGrant
from portal.permissions.services.roles import BUILT_IN
from portal.plugin_host.scanning import bump_generation
from portal.web.slugs import slug_of

MANAGE, MAX_TITLE = "members.roles", 120


def list_roles_with_grants(member: Actor) -> list[Role]:
    """Every role with its grants, by title. Raises Forbidden without ``members.roles``."""
    require(member, MANAGE)
    return list(db.session.scalars(select(Role).options(selectinload(Role.grants)).order_by(Role.title)))


def get_role(member: Actor, name: str) -> Role:
    """A role by name. Raises Forbidden without ``members.roles``, NotFound."""
    require(member, MANAGE)
    role = db.session.scalar(select(Role).where(Role.name == name).options(selectinload(Role.grants)))
    if role is None:
        raise NotFound
    return role


def count_holders(member: Actor) -> dict[int, int]:
    """How many members hold each role, by the role's id. Raises Forbidden without ``members.roles``."""
    require(member, MANAGE)
    rows = db.session.execute(select(MemberRole.role_id, func.count()).group_by(MemberRole.role_id))
    return {row[0]: row[1] for row in rows}


def set_role_grants(member: Actor, name: str, granted: set[str], offered: Iterable[str]) -> Role:
    """Let a role grant exactly ``granted`` of the permissions ``offered``; others (of plugins that are off) stay.

    Every worker follows within a second. Raises Forbidden without ``members.roles`` or for a permission one does not
    have, Invalid for the admin role, which always grants everything, NotFound."""
    role = get_role(member, name)
    if role.name == ADMIN_ROLE:
        raise Invalid("Administration always grants everything.")
    wanted = set(offered)
    before = {grant.permission for grant in role.grants} & wanted
    after = granted & wanted
    if not member.is_system and not (before ^ after) <= member.permissions:
        raise Forbidden("You can only give or take permissions that you have yourself.")
    if before != after:
        _write(role, before - after, after - before)
        details = {"name": role.title, "given": sorted(after - before), "taken": sorted(before - after)}
        record(member, "role.grants_changed", "role", role.id, details)
    return role


def create_role(member: Actor, title: str) -> Role:
    """Make a role that grants nothing yet. Raises Forbidden without ``members.roles``, Invalid for a title in use.

    Its name is never used twice, so that what named a deleted role is not readable again through a new one."""
    require(member, MANAGE)
    title = _checked_title(title)
    name = f"{slug_of(title, 30) or 'role'}-{secrets.token_hex(3)}"
    role = Role(name=name, title=title)
    db.session.add(role)
    db.session.flush()
    record(member, "role.created", "role", role.id, {"name": title})
    bump_generation()
    return role


def rename_role(member: Actor, name: str, title: str) -> Role:
    """Give a role another title. Raises Forbidden, NotFound, Invalid for a title in use."""
    role = get_role(member, name)
    title = _checked_title(title, but=role.id)
    if title != role.title:
        record(member, "role.renamed", "role", role.id, {"name": role.title, "title": title})
        role.title = title
        db.session.flush()
    return role


def delete_role(member: Actor, name: str) -> str:
    """Delete a role; whoever held it no longer may what it granted. Gives its title.

    Raises Forbidden without ``members.roles`` or for a role that grants more than one may, NotFound, Invalid for the
    roles that the portal itself needs."""
    role = get_role(member, name)
    if role.name in BUILT_IN:
        raise Invalid("This role belongs to the portal and can't be deleted.")
    if not member.is_system and not {grant.permission for grant in role.grants} <= member.permissions:
        raise Forbidden("You can only give or take permissions that you have yourself.")
    holders = count_holders(member).get(role.id, 0)
    record(member, "role.deleted", "role", role.id, {"name": role.title, "holders": holders})
    db.session.delete(role)
    db.session.flush()
    bump_generation()
    return role.title


def _checked_title(title: str, but: int = 0) -> str:
    title = " ".join(title.split())
    if not title or len(title) > MAX_TITLE:
        raise Invalid("Please give a name of at most 120 characters.", "title")
    taken = select(Role.id).where(func.lower(Role.title) == title.lower(), Role.id != but)
    if db.session.scalar(taken):
        raise Invalid("There is a role of this name already.", "title")
    return title


def _write(role: Role, taken: set[str], given: set[str]) -> None:
    db.session.execute(delete(RoleGrant).where(RoleGrant.role_id == role.id, RoleGrant.permission.in_(taken)))
    db.session.add_all(RoleGrant(role_id=role.id, permission=name) for name in sorted(given))
    db.session.flush()
    db.session.expire(role, ["grants"])
    bump_generation()
