"""Reading organisations and who belongs to them."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import Actor


def get_organisation(slug: str) -> Organisation:
    """The organisation of this address; name, kind, Land and town are public. Raises NotFound."""
    found = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFound
    return found


def list_organisations() -> list[Organisation]:
    """Every organisation, by name."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.sort_name, Organisation.id)))


def list_people(member: Actor, organisation_id: int) -> list[Membership]:
    """Who belongs to an organisation, by last name; nobody for the public."""
    if not member.is_authenticated:
        return []
    people = (
        select(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.organisation_id == organisation_id, Member.state != "disabled")
        .options(joinedload(Membership.member))
        .order_by(Member.sort_name, Member.id)
    )
    return list(db.session.scalars(people))


_OWN = (
    select(Organisation)
    .where(Organisation.id.in_(bindparam("own", expanding=True)))
    .order_by(Organisation.sort_name, Organisation.id)
)


def list_own_organisations(member: Actor) -> list[Organisation]:
    """The organisations the acting member belongs to, by name."""
    if not member.organisations:
        return []
    return list(db.session.scalars(_OWN, {"own": sorted(member.organisations)}))
