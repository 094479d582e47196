"""Giving and taking roles."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.signals import roles_changed
from portal.permissions.actor import ADMIN_ROLE, Actor, require
from portal.permissions.models import MemberRole, Role
from portal.permissions.services.roles import list_roles


def set_member_roles(member: Actor, target_id: int, names: set[str], among: set[str] | None = None) -> None:
    """Give the member ``target_id`` exactly the roles ``names``; others than ``among``, if given, stay as they are.

    Raises Forbidden without the permission or for a role the actor does not hold (admins hold every role), Invalid if
    nobody would be left as admin, NotFound for an unknown role or member."""
    require(member, "members.roles")
    roles = {role.name: role for role in list_roles()}
    if (names | (among or set())) - roles.keys():
        raise NotFound("There is no such role.")
    # only the key stays readable: who is locked here may be noted elsewhere as the one who acts on the locker
    target = db.session.scalar(select(Member).where(Member.id == target_id).with_for_update(key_share=True))
    if target is None:
        raise NotFound
    held = _held_roles(target_id)
    if among is not None:
        names = (held - among) | (names & among)
    changed = held ^ names
    if not _holds(member, changed):
        raise Forbidden("You can only give or take roles that you hold yourself.")
    if ADMIN_ROLE in held - names and is_last_admin(target_id):
        raise Invalid("The last admin can't lose this role.", "roles")
    if changed:
        _write_roles(target_id, {roles[name].id for name in names})
        details = {"name": target.name, "before": sorted(held), "after": sorted(names)}
        record(member, "member.roles_changed", "member", target_id, details)
        roles_changed.send(member=member, target_id=target_id, names=sorted(names))


def _holds(member: Actor, names: set[str]) -> bool:
    return member.is_system or ADMIN_ROLE in member.roles or names <= member.roles


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


def is_last_admin(member_id: int) -> bool:
    """Whether the member holds the admin role and no other active member does.

    The role's row is locked until the unit of work ends, so that two admins can't remove one another at once."""
    db.session.scalar(select(Role.id).where(Role.name == ADMIN_ROLE).with_for_update())
    return ADMIN_ROLE in _held_roles(member_id) and count_admins(but=member_id) == 0


def has_roles_of(member: Actor, target_id: int) -> bool:
    """Whether the member holds every role that the other one holds; admins hold every role."""
    return _holds(member, _held_roles(target_id))


def require_roles_of(member: Actor, target_id: int) -> None:
    """Let pass who holds every role that the other one holds. Raises Forbidden otherwise."""
    if not has_roles_of(member, target_id):
        raise Forbidden("This member holds roles that you don't hold.")


def list_held_roles(member: Actor, target_id: int) -> set[str]:
    """The names of somebody's roles. Raises Forbidden without ``members.list_all``."""
    require(member, "members.list_all")
    return _held_roles(target_id)
