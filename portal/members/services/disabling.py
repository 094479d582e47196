"""Disabling and enabling members."""

from __future__ import annotations

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.services.roles import is_last_admin, require_roles_of
from portal.members.signals import member_disabled, member_enabled
from portal.permissions.actor import Actor, require


def disable_member(member: Actor, target_id: int) -> Member:
    """Shut a member out at once, on every device; what they wrote stays.

    Raises Forbidden without ``members.disable`` or for a role that one lacks, NotFound, Invalid for the last admin,
    oneself, or no account."""
    require(member, "members.disable")
    target = _locked(target_id)
    require_roles_of(member, target_id)
    if target.state not in ("active", "invited"):
        raise Invalid("Only members with an account can be disabled.")
    if target.id == member.id:
        raise Invalid("You can't disable yourself.")
    if is_last_admin(target.id):
        raise Invalid("The last admin can't be disabled.")
    target.state = "disabled"
    db.session.flush()
    member_disabled.send(member_id=target.id)
    record(member, "member.disabled", "member", target.id, {"name": target.name})
    return target


def enable_member(member: Actor, target_id: int) -> Member:
    """Let a disabled member in again; without a password or a sign-on they need a new invitation.

    Raises Forbidden without ``members.disable`` or for a role that one lacks, NotFound, Invalid if not disabled."""
    require(member, "members.disable")
    target = _locked(target_id)
    require_roles_of(member, target_id)
    if target.state != "disabled" or target.erased_at is not None:
        raise Invalid("This member is not disabled.")
    target.state = "active" if target.password_hash else "person"
    db.session.flush()
    member_enabled.send(member_id=target.id)
    record(member, "member.enabled", "member", target.id, {"name": target.name})
    return target


def _locked(target_id: int) -> Member:
    target = db.session.scalar(select(Member).where(Member.id == target_id).with_for_update(key_share=True))
    if target is None:
        raise NotFound
    return target
