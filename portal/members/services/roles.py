"""Giving and taking roles."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.permissions.actor import ADMIN_ROLE, Actor, require
from portal.permissions.models import MemberRole, Role
from portal.permissions.services.roles import list_roles


def set_member_roles(member: Actor, target_id: int, names: set[str]) -> None:
    """Give the member ``target_id`` exactly the roles ``names``.

    Raises Forbidden without the permission or for a role the actor does not hold, Invalid if nobody would be left as
    admin, NotFound for an unknown role."""
    require(member, "members.roles")
    roles = {role.name: role for role in list_roles()}
    if unknown := names - roles.keys():
        raise NotFound(", ".join(sorted(unknown)))
    held = _held_roles(target_id)
    changed = held ^ names
    if not member.is_system and not changed <= member.roles:
        raise Forbidden("You can only give or take roles that you hold yourself.")
    if ADMIN_ROLE in held - names and count_admins(but=target_id) == 0:
        raise Invalid("The last admin can't lose this role.", "roles")
    if changed:
        _write_roles(target_id, {roles[name].id for name in names})
        record(member, "member.roles_changed", "member", target_id, {"before": sorted(held), "after": sorted(names)})


def _held_roles(target_id: int) -> set[str]:
    rows = select(Role.name).join(MemberRole, MemberRole.role_id == Role.id).where(MemberRole.member_id == target_id)
    return set(db.session.scalars(rows))


def _write_roles(target_id: int, role_ids: set[int]) -> None:
    db.session.execute(delete(MemberRole).where(MemberRole.member_id == target_id))
    db.session.add_all(MemberRole(member_id=target_id, role_id=role_id) for role_id in sorted(role_ids))
    db.session.flush()


def count_admins(but: int | None = None) -> int:
    """How many active members hold the admin role, leaving out member ``but``."""
    rows = (
        select(func.count())
        .select_from(MemberRole)
        .join(Role, Role.id == MemberRole.role_id)
        .join(Member, Member.id == MemberRole.member_id)
        .where(Role.name == ADMIN_ROLE, Member.state == "active", Member.id != (but or 0))
    )
    return db.session.scalar(rows) or 0
