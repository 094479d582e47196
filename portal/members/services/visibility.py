"""Who sees which field of a person. This is the one place that decides, for pages, lists, vCard, search and export."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select

from portal.members.belonging import membership
from portal.members.models import Member
from portal.permissions.actor import Actor

NETWORK, ORGANISATION, NOBODY = "network", "organisation", "nobody"
RULES = (NETWORK, ORGANISATION, NOBODY)
FIELDS = ("email", "phone", "photo", "about", "languages", "topics")


@dataclass(frozen=True)
class Viewer:
    """Whoever looks. For the preview of one's own page it is made by hand."""

    id: int | None = None
    organisations: frozenset[int] = frozenset()
    sees_addresses: bool = False


def viewer_of(member: Actor) -> Viewer:
    """The acting member as somebody who looks at others."""
    return Viewer(member.id, member.organisations, member.can("members.list_all"))


def shown_to(viewer: Viewer, member: Member) -> frozenset[str]:
    """The fields of ``member`` that ``viewer`` sees: all of one's own, else what each field's rule allows.

    Whoever may see all members with address and state sees the address always: it is what accounts are run by.
    Name, title, function and organisation are seen by the whole network and not asked for here."""
    if viewer.id == member.id:
        return frozenset(FIELDS)
    by_rule = {field: getattr(member, f"{field}_shown") for field in FIELDS}
    shown = {field for field, rule in by_rule.items() if rule == NETWORK}
    if ORGANISATION in by_rule.values() and _share_organisation(viewer, member):
        shown |= {field for field, rule in by_rule.items() if rule == ORGANISATION}
    return frozenset(shown | {"email"} if viewer.sees_addresses else shown)


def shows(viewer: Viewer, field: str) -> ColumnElement[bool]:
    """The same rule for ``where``: people whose ``field`` (not the address) the viewer sees."""
    rule = getattr(Member, f"{field}_shown")
    together = select(membership.c.member_id).where(membership.c.organisation_id.in_(sorted(viewer.organisations)))
    shared = Member.id.in_(together) if viewer.organisations else false()
    own = Member.id == viewer.id if viewer.id else false()
    return or_(rule == NETWORK, (rule == ORGANISATION) & shared, own)


def _share_organisation(viewer: Viewer, member: Member) -> bool:
    return any(one.organisation_id in viewer.organisations for one in member.memberships)
