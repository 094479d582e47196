"""A member as the one who acts or reads where no request is: for mails and digests."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.login.services.factors import has_factor
from portal.members.models import Member
from portal.organisations.models import Membership
from portal.permissions.actor import Actor
from portal.permissions.models import MemberRole, Role
from portal.plugin_host.navigation import the_host

_QUERY = (
    select(
        Member.id,
        Member.name,
        Member.email,
        Member.locale,
        Member.timezone,
        has_factor(Member.id).label("is_proven"),
        Role.name.label("role"),
        Membership.organisation_id,
        Membership.role.label("membership"),
    )
    .outerjoin(MemberRole, MemberRole.member_id == Member.id)
    .outerjoin(Role, Role.id == MemberRole.role_id)
    .outerjoin(Membership, Membership.member_id == Member.id)
    .where(Member.state == "active", Member.email.is_not(None))
)


def find_actor(member_id: int) -> Actor | None:
    """Somebody with all that they may, None unless they have an account that is not disabled.

    Without a session to look at, roles that need a second factor count for who has one."""
    rows = db.session.execute(_QUERY.where(Member.id == member_id)).all()
    if not rows:
        return None
    first, host = rows[0], the_host()
    held = frozenset(row.role for row in rows if row.role)
    withheld = frozenset() if first.is_proven else held & host.settings.factor_roles
    return Actor(
        id=first.id,
        name=first.name,
        email=first.email,
        locale=first.locale,
        timezone=first.timezone,
        roles=held - withheld,
        permissions=host.permissions_of(held - withheld),
        organisations=frozenset(row.organisation_id for row in rows if row.organisation_id),
        edited_organisations=frozenset(row.organisation_id for row in rows if row.membership == "editor"),
        withheld_roles=withheld,
        adds=host.added_principals,
    )
