"""Who belongs to which organisation."""

from __future__ import annotations

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.signals import members_merged
from portal.organisations.models import Membership, Organisation
from portal.organisations.signals import editor_ended, membership_changed
from portal.permissions.actor import Actor, require

ROLES = ("representative", "editor")


def set_membership(member: Actor, target_id: int, organisation_id: int, role: str) -> Membership:
    """Let somebody belong to an organisation as ``representative`` or ``editor``.

    Raises Forbidden without ``organisations.manage``, NotFound, Invalid for an unknown role or the last editor."""
    require(member, "organisations.manage")
    if role not in ROLES:
        raise Invalid("Please choose one of the roles.", "role")
    if role != "editor":
        _keep_an_editor(target_id, organisation_id)
    target, organisation = db.session.get(Member, target_id), db.session.get(Organisation, organisation_id)
    if target is None or organisation is None:
        raise NotFound
    membership = db.session.get(Membership, (target_id, organisation_id))
    if membership is None:
        membership = Membership(member_id=target_id, organisation_id=organisation_id)
        db.session.add(membership)
    before, membership.role = membership.role or "", role
    db.session.flush()
    if before == "editor" and role != "editor":
        editor_ended.send(member_id=target_id, organisation_id=organisation_id)
    told = {"member_id": target_id, "organisation_id": organisation_id, "role": role, "before": before}
    membership_changed.send(member=member, **told)
    details = {"name": target.name, "organisation": organisation.name, "role": role}
    record(member, "membership.set", "member", target_id, details)
    return membership


def delete_membership(member: Actor, target_id: int, organisation_id: int) -> None:
    """Let somebody no longer belong to an organisation.

    Raises Forbidden without ``organisations.manage``, NotFound, Invalid for the last editor."""
    require(member, "organisations.manage")
    _keep_an_editor(target_id, organisation_id)
    membership = db.session.get(Membership, (target_id, organisation_id))
    if membership is None:
        raise NotFound
    details = {"name": membership.member.name, "organisation": membership.organisation.name}
    before = membership.role
    db.session.delete(membership)
    db.session.flush()
    editor_ended.send(member_id=target_id, organisation_id=organisation_id)
    told = {"member_id": target_id, "organisation_id": organisation_id, "role": "", "before": before}
    membership_changed.send(member=member, **told)
    record(member, "membership.deleted", "member", target_id, details)


@members_merged.connect
def keep_memberships(sender: object, member: Actor, kept_id: int, gone_id: int) -> None:
    """Let somebody who is merged away leave their memberships to the other; who is an editor by either is one."""
    for one in db.session.scalars(select(Membership).where(Membership.member_id == gone_id)).all():
        held = db.session.get(Membership, (kept_id, one.organisation_id))
        if held is None or (one.role == "editor" and held.role != "editor"):
            set_membership(member, kept_id, one.organisation_id, one.role)
        db.session.delete(one)
    db.session.flush()


def _keep_an_editor(target_id: int, organisation_id: int) -> None:
    """Where somebody with an account edits, somebody stays who can; two who leave at once wait for one another here."""
    db.session.scalar(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    rows = select(Membership.member_id).join(Member, Member.id == Membership.member_id)
    rows = rows.where(Membership.organisation_id == organisation_id, Membership.role == "editor")
    if list(db.session.scalars(rows.where(Member.state == "active"))) == [target_id]:
        raise Invalid("Nobody else edits for this organisation. Please make somebody else its editor first.", "role")
