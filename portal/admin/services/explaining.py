"""Why somebody may do something: the chain from the member over role or membership to the permission."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.errors import NotFound
from portal.extensions import db
from portal.login.services.factors import has_factor
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import ADMIN_ROLE, Actor, own_principals, require
from portal.permissions.models import MemberRole, Role
from portal.permissions.registry import Permission
from portal.plugin_host.host import PluginHost


@dataclass(frozen=True)
class Explanation:
    """What bears on one question.

    ``granting``: titles of roles that count and grant it; ``waiting``: of roles that would grant it once the member has
    a second factor; ``membership``: in the organisation asked for, "" for none. ``may``: everywhere, by a role;
    ``may_there``: in the organisation asked for, by a role or as its editor."""

    person: Member
    permission: Permission
    may: bool
    may_there: bool
    in_force: bool
    granting: list[str]
    waiting: list[str]
    organisation: Organisation | None
    membership: str
    principals: list[str]


def explain(
    member: Actor, host: PluginHost, target_id: int, permission: str, organisation_id: int | None
) -> Explanation:
    """Why somebody may, or may not, use a permission, and what reading they carry.

    Raises Forbidden without ``members.roles``, NotFound for an unknown member, permission or organisation."""
    require(member, "members.roles")
    person = db.session.get(Member, target_id)
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    if person is None or permission not in host.permissions.names() or (organisation_id and organisation is None):
        raise NotFound
    roles = _roles_of(target_id)
    withheld = frozenset() if _has_factor(target_id) else roles.keys() & host.settings.factor_roles
    granting = {name for name in roles if permission in host.permissions_of(frozenset({name}))}
    memberships = _memberships_of(target_id)
    actor = Actor(
        id=target_id,
        roles=frozenset(roles.keys() - withheld),
        permissions=host.permissions_of(frozenset(roles.keys() - withheld)),
        organisations=frozenset(memberships),
        edited_organisations=frozenset(number for number, role in memberships.items() if role == "editor"),
    )
    declared = next(one for one in host.permissions.all() if one.name == permission)
    may = person.is_active and actor.can(permission)
    edits = bool(declared.for_editors) and host.owns_now(declared.owner) and actor.edits_organisation(organisation_id)
    is_open = organisation is not None and not organisation.is_archived
    return Explanation(
        person=person,
        permission=declared,
        may=may,
        may_there=is_open and (may or (person.is_active and edits)),
        in_force=permission in host.permissions_of(frozenset({ADMIN_ROLE})),
        granting=sorted(roles[name] for name in granting - withheld),
        waiting=sorted(roles[name] for name in granting & withheld),
        organisation=organisation,
        membership=memberships.get(organisation_id or 0, ""),
        principals=sorted(own_principals(actor) | host.added_principals(actor)) if person.is_active else ["public"],
    )


def find_person(member: Actor, text: str) -> Member | None:
    """The one whom an address or a whole name means, None if it is nobody or several. Raises Forbidden."""
    require(member, "members.roles")
    wanted = " ".join(text.split())
    found = select(Member).where((Member.email == wanted.lower()) | (Member.name == wanted)).limit(2)
    people = list(db.session.scalars(found)) if wanted else []
    return people[0] if len(people) == 1 else None


def _roles_of(target_id: int) -> dict[str, str]:
    rows = select(Role.name, Role.title).join(MemberRole, MemberRole.role_id == Role.id)
    return {row.name: row.title for row in db.session.execute(rows.where(MemberRole.member_id == target_id))}


def _memberships_of(target_id: int) -> dict[int, str]:
    rows = select(Membership.organisation_id, Membership.role).where(Membership.member_id == target_id)
    return {row.organisation_id: row.role for row in db.session.execute(rows)}


def _has_factor(target_id: int) -> bool:
    return bool(db.session.scalar(select(has_factor(Member.id)).select_from(Member).where(Member.id == target_id)))
