"""Reading organisations and who belongs to them."""

from __future__ import annotations

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.organisations.services.slugs import present_slug
from portal.permissions.actor import Actor, require


def get_organisation(slug: str) -> Organisation:
    """The organisation that this is, or was, the address of; name, kind, Land and town are public. Raises NotFound."""
    found = db.session.scalar(select(Organisation).where(Organisation.slug.in_(present_slug(slug))))
    if found is None:
        raise NotFound
    return found


def list_organisations() -> list[Organisation]:
    """Every organisation that is not archived, by name."""
    return list(db.session.scalars(_by_name().where(Organisation.archived_at.is_(None))))


def list_archived(member: Actor) -> list[Organisation]:
    """The archived organisations, by name. Raises Forbidden without ``organisations.manage``."""
    require(member, "organisations.manage")
    return list(db.session.scalars(_by_name().where(Organisation.archived_at.is_not(None))))


def _by_name() -> Select[Organisation]:
    return select(Organisation).order_by(Organisation.sort_name, Organisation.id)


def list_people(member: Actor, organisation_id: int) -> list[Membership]:
    """Who belongs to an organisation, by last name; nobody for the public."""
    if not member.is_authenticated and not member.is_system:
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
    .where(Organisation.id.in_(bindparam("own", expanding=True)), Organisation.archived_at.is_(None))
    .order_by(Organisation.sort_name, Organisation.id)
)


def list_own_organisations(member: Actor) -> list[Organisation]:
    """The organisations the acting member belongs to, by name, without archived ones."""
    if not member.organisations:
        return []
    return list(db.session.scalars(_OWN, {"own": sorted(member.organisations)}))
