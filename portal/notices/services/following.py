"""What other rooms do that members are told of."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.login.signals import owner_told
from portal.members.models import Member
from portal.members.services.queries import list_role_titles
from portal.members.signals import roles_changed
from portal.notices.names import JOINED, RIGHTS, SECURITY
from portal.notices.services.readable import joined_subject
from portal.notices.services.telling import notify
from portal.organisations.models import Membership, Organisation
from portal.organisations.signals import membership_changed
from portal.permissions.actor import Actor


@roles_changed.connect
def tell_of_roles(sender: object, member: Actor, target_id: int, names: list[str]) -> None:
    """Tell somebody that their roles are others."""
    titles = list_role_titles(target_id)
    notify(member, RIGHTS, [target_id], "roles", "/me", {"roles": titles}, once="unread")


@membership_changed.connect
def tell_of_membership(
    sender: object, member: Actor, member_id: int, organisation_id: int, role: str, before: str
) -> None:
    """Tell who it is about, unless they accepted an invitation themselves, and the editors whose colleague they are."""
    place = db.session.get_one(Organisation, organisation_id)
    path = f"/organisations/{place.slug}"
    if role != before and (member.name or not member.is_system):  # somebody at the command line has a name
        params = {"organisation": place.name, "role": role}
        notify(member, RIGHTS, [member_id], f"organisation-{place.id}", path, params, once="unread")
    if role and not before:
        _tell_editors(member, place, member_id)


@owner_told.connect
def tell_of_security(sender: object, member_id: int, event: str) -> None:
    """Keep in the portal, too, what the owner of an account was mailed."""
    notify(Actor(), SECURITY, [member_id], event, "/me/security", {"event": event})


def _tell_editors(member: Actor, place: Organisation, member_id: int) -> None:
    rows = select(Membership.member_id).where(Membership.organisation_id == place.id, Membership.role == "editor")
    name = db.session.get_one(Member, member_id).name
    readers = set(db.session.scalars(rows)) - {member_id}
    params = {"name": name, "organisation": place.name}
    subject, path = joined_subject(place.id, member_id), f"/members/{member_id}"
    notify(member, JOINED, readers, subject, path, params, about=member_id, once="unread")
