"""Who belongs to which organisation."""

from __future__ import annotations

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.signals import members_merged
from portal.organisations.models import Membership, Organisation
from portal.organisations.services.creating import check_open
from portal.organisations.signals import editor_ended, membership_changed
from portal.permissions.actor import Actor, require

ROLES = ("representative", "editor")
EDITOR = "editor"


def may_change_people(member: Actor, organisation_id: int) -> bool:
    """Whether the member may say what people do in an organisation: its editors and the office."""
    return member.edits_organisation(organisation_id) or member.can("organisations.manage")


def require_people(member: Actor, organisation_id: int) -> None:
    """Let pass who may say what people do in an organisation. Raises Forbidden otherwise."""
    if not may_change_people(member, organisation_id):
        raise Forbidden("Only editors of this organisation and the office can say who belongs to it.")


def set_membership(member: Actor, target_id: int, organisation_id: int, role: str) -> Membership:
    """Let somebody belong to an organisation as ``representative`` or ``editor``.

    Editors change what their colleagues do; only the office takes others in without an invitation. Raises Forbidden,
    Archived, NotFound, Invalid for an unknown role or the last editor."""
    require_people(member, organisation_id)
    if role not in ROLES:
        raise Invalid("Please choose one of the roles.", "role")
    if role != EDITOR:
        _keep_an_editor(target_id, organisation_id)
    target, organisation = db.session.get(Member, target_id), db.session.get(Organisation, organisation_id)
    if target is None or target.erased_at is not None or organisation is None:
        raise NotFound
    check_open(organisation)
    if db.session.get(Membership, (target_id, organisation_id)) is None:
        require(member, "organisations.manage")
    return _put(member, target, organisation, role)


def delete_membership(member: Actor, target_id: int, organisation_id: int) -> str:
    """Let somebody no longer belong to an organisation; gives their name.

    Raises Forbidden, Archived, NotFound, Invalid for the last editor."""
    require_people(member, organisation_id)
    _keep_an_editor(target_id, organisation_id)
    membership = db.session.get(Membership, (target_id, organisation_id))
    if membership is None:
        raise NotFound
    check_open(membership.organisation)
    before = membership.role
    details = {"name": membership.member.name, "organisation": membership.organisation.name, "before": before}
    db.session.delete(membership)
    db.session.flush()
    editor_ended.send(member_id=target_id, organisation_id=organisation_id)
    told = {"member_id": target_id, "organisation_id": organisation_id, "role": "", "before": before}
    membership_changed.send(member=member, **told)
    record(member, "membership.deleted", "member", target_id, details)
    return details["name"]


@members_merged.connect
def keep_memberships(sender: object, member: Actor, kept_id: int, gone_id: int) -> None:
    """Let somebody who is merged away leave their memberships to the other; who is an editor by either is one."""
    kept = db.session.get_one(Member, kept_id)
    for one in db.session.scalars(select(Membership).where(Membership.member_id == gone_id)).all():
        held = db.session.get(Membership, (kept_id, one.organisation_id))
        if held is None or (one.role == EDITOR and held.role != EDITOR):
            require(member, "organisations.manage")
            _put(member, kept, one.organisation, one.role)
        db.session.delete(one)
    db.session.flush()


def _put(member: Actor, target: Member, organisation: Organisation, role: str) -> Membership:
    membership = db.session.get(Membership, (target.id, organisation.id))
    before = membership.role if membership else ""
    if membership is None:
        membership = Membership(member_id=target.id, organisation_id=organisation.id)
        db.session.add(membership)
    membership.role = role
    db.session.flush()
    if before == EDITOR and role != EDITOR:
        editor_ended.send(member_id=target.id, organisation_id=organisation.id)
    told = {"member_id": target.id, "organisation_id": organisation.id, "role": role, "before": before}
    membership_changed.send(member=member, **told)
    details = {"name": target.name, "organisation": organisation.name, "before": before, "role": role}
    record(member, "membership.set", "member", target.id, details)
    return membership


def list_active_editors(organisation_id: int) -> list[int]:
    """The numbers of those who can edit for an organisation: its editors with an account that is active."""
    rows = select(Membership.member_id).join(Member, Member.id == Membership.member_id)
    rows = rows.where(Membership.organisation_id == organisation_id, Membership.role == EDITOR)
    return list(db.session.scalars(rows.where(Member.state == "active").order_by(Membership.member_id)))


def _keep_an_editor(target_id: int, organisation_id: int) -> None:
    """Where somebody with an account edits, somebody stays who can.

    The editors' own rows are locked, in one order: two who leave at once wait for one another here, and so do who
    leaves and who disables the last other one (disabling locks the same row)."""
    editors = select(Membership.member_id).where(Membership.organisation_id == organisation_id)
    rows = select(Member.id).where(Member.id.in_(editors.where(Membership.role == EDITOR)))
    db.session.execute(rows.order_by(Member.id).with_for_update(key_share=True)).all()
    if list_active_editors(organisation_id) == [target_id]:
        raise Invalid("Nobody else edits for this organisation. Please make somebody else its editor first.", "role")
