"""Organisations whose last editor goes although nobody may be kept: the office takes over and is asked for another."""

from __future__ import annotations

from sqlalchemy import exists, func, or_, select

from portal.audit.services.recording import record
from portal.extensions import db
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.members.signals import member_disabled
from portal.organisations.messages import successor_mail
from portal.organisations.models import Membership, Organisation
from portal.organisations.services.memberships import EDITOR
from portal.permissions.actor import ADMIN_ROLE, Actor, require, system
from portal.permissions.models import MemberRole, Role, RoleGrant
from portal.plugin_host.navigation import the_host


def list_edited_alone(member_id: int) -> list[Organisation]:
    """The organisations that nobody else with an active account edits for, by name."""
    others = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.role == EDITOR,
        Membership.member_id != member_id,
        Membership.member_id.in_(select(Member.id).where(Member.state == "active")),
    )
    own = select(Membership.organisation_id).where(Membership.member_id == member_id, Membership.role == EDITOR)
    rows = select(Organisation).where(Organisation.id.in_(own), Organisation.archived_at.is_(None), ~others)
    return list(db.session.scalars(rows.order_by(Organisation.sort_name)))


def count_editors(member: Actor) -> dict[int, int]:
    """How many with an active account edit for an organisation, by its number; none is left out. Raises Forbidden."""
    require(member, "organisations.manage")
    rows = select(Membership.organisation_id, func.count()).join(Member, Member.id == Membership.member_id)
    rows = rows.where(Membership.role == EDITOR, Member.state == "active").group_by(Membership.organisation_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


@member_disabled.connect
def let_office_take_over(sender: object, member_id: int) -> None:
    """Note for each organisation that loses its last editor that the office takes over, and ask for a successor."""
    for organisation in list_edited_alone(member_id):
        record(system(), "organisation.taken_over", "organisation", organisation.id, {"name": organisation.name})
        ask_for_successor(organisation, member_id)


def ask_for_successor(organisation: Organisation, but: int) -> None:
    """Mail to everybody of the office, without member ``but``, that an organisation needs an editor."""
    link = f"{the_host().settings.base_url}/organisations/{organisation.slug}/members"
    managing = or_(RoleGrant.permission == "organisations.manage", Role.name == ADMIN_ROLE)
    holders = select(MemberRole.member_id).join(Role, Role.id == MemberRole.role_id)
    holders = holders.outerjoin(RoleGrant, RoleGrant.role_id == Role.id).where(managing)
    office = select(Member).where(Member.id.in_(holders), Member.state == "active", Member.id != but)
    for one in db.session.scalars(office.order_by(Member.id)):
        create_mail(one.email or "", *successor_mail(one.name, organisation.name, link, one.locale))
