"""Whether whoever sent an invitation may still invite: an invitation is worth no more than the word of who sent it."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.invitations.models import Invitation
from portal.organisations.models import Membership
from portal.permissions.actor import ADMIN_ROLE
from portal.permissions.models import MemberRole, Role, RoleGrant


def may_still_invite(invitation: Invitation) -> bool:
    """Whether who sent it could send it today: as editor of the organisation, or as office. The portal itself may."""
    inviter, place = invitation.invited_by, invitation.organisation_id
    if inviter is None:
        return True
    if not inviter.is_active:
        return False
    held = db.session.get(Membership, (inviter.id, place)) if place else None
    return (held is not None and held.role == "editor") or _is_office(inviter.id, place)


def _is_office(member_id: int, place: int | None) -> bool:
    rows = (
        select(Role.name, RoleGrant.permission)
        .join(MemberRole, MemberRole.role_id == Role.id)
        .outerjoin(RoleGrant, RoleGrant.role_id == Role.id)
        .where(MemberRole.member_id == member_id)
    )
    found = db.session.execute(rows).all()
    needed = {"members.invite"} if place is None else {"members.invite", "organisations.manage"}
    return needed <= {row.permission for row in found} or ADMIN_ROLE in {row.name for row in found}
