"""The people of an organisation, as its editors and the office look after them."""

from __future__ import annotations

from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.organisations.services.memberships import (
    EDITOR,
    require_people,
    set_membership,
)
from portal.organisations.services.queries import list_people
from portal.permissions.actor import Actor


def list_team(member: Actor, organisation: Organisation) -> list[Membership]:
    """Who belongs to an organisation, by last name. Raises Forbidden for who is neither its editor nor the office."""
    require_people(member, organisation.id)
    return list_people(member, organisation.id)


def hand_over(member: Actor, organisation_id: int, from_id: int, to_id: int) -> None:
    """Make one of an organisation's people its editor and let another step down, both or neither.

    Editors hand over only what is theirs; the office may for others. Raises Forbidden, NotFound, Invalid."""
    require_people(member, organisation_id)
    if from_id != member.id and not member.can("organisations.manage"):
        raise Forbidden("You can only hand over your own part.")
    if from_id == to_id:
        raise Invalid("Please choose somebody else.", "successor")
    leaving = db.session.get(Membership, (from_id, organisation_id))
    if leaving is None or leaving.role != EDITOR:
        raise NotFound
    successor = db.session.get(Member, to_id)
    if successor is None or not successor.is_active or db.session.get(Membership, (to_id, organisation_id)) is None:
        raise Invalid("Please choose somebody of this organisation who has an account.", "successor")
    set_membership(member, to_id, organisation_id, EDITOR)
    set_membership(member, from_id, organisation_id, "representative")
