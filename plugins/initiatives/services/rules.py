"""Who may read and change a profile. The editors of its organisation and the reviewers may both edit and publish it."""

from __future__ import annotations

from plugins.initiatives.models import Profile
from plugins.initiatives.permissions import REVIEW
from portal.sdk.access import MEMBER, PUBLIC, Actor, can_read
from portal.sdk.errors import Forbidden, NotFound
from portal.sdk.network import Organisation


def own_people(organisation_id: int) -> set[str]:
    """The principals that read everything of a profile: its editors and the reviewers."""
    return {f"organisation:{organisation_id}:editor", f"permission:{REVIEW}"}


def audience_of(state: str, reach: str, organisation_id: int) -> list[str]:
    """Who reads a profile's page: a draft only its own people, a published one those it is meant for as well."""
    readers = own_people(organisation_id)
    if state == "published":
        readers.add(PUBLIC if reach == "public" else MEMBER)
    return sorted(readers)


def reads_contact(member: Actor, contact_reach: str, organisation_id: int) -> bool:
    """Whether the member may read the contact group of a profile that they may read."""
    meant_for = {"public": PUBLIC, "member": MEMBER}.get(contact_reach, f"organisation:{organisation_id}")
    readers = {meant_for} | own_people(organisation_id)
    return member.is_system or not member.principals.isdisjoint(readers)


def can_edit(member: Actor, organisation_id: int) -> bool:
    """Whether the member may edit, publish and restore the profile of this organisation."""
    return member.can(REVIEW) or member.edits_organisation(organisation_id)


def may_edit(member: Actor, organisation: Organisation) -> bool:
    """Whether to offer the member the ways to change this organisation's profile: none while it is archived."""
    return can_edit(member, organisation.id) and not organisation.is_archived


def require_edit(member: Actor, profile: Profile) -> None:
    """Let editors pass. Raises Forbidden for readers of the page, NotFound for those who must not know of it."""
    if can_edit(member, profile.organisation_id):
        return
    if can_read(member, profile):
        raise Forbidden("Only the editors of this initiative can change its profile.")
    raise NotFound
