"""The revisions of a profile, for its editors."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.initiatives.models import Profile
from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.queries import get_profile
from plugins.initiatives.services.rules import require_edit
from portal.sdk.access import Actor
from portal.sdk.network import check_open
from portal.sdk.revisions import Revision, get_revision, list_revisions


@dataclass(frozen=True)
class History:
    """A page of a profile's revisions, newest first; ``earlier`` is the number to go on before."""

    profile: Profile
    revisions: list[Revision]
    earlier: int | None


def list_history(member: Actor, slug: str, before: int | None = None) -> History:
    """The revisions with their authors. Raises NotFound, Forbidden for those who may not edit the profile."""
    profile = get_edited(member, slug)
    revisions, earlier = list_revisions(TYPE, profile.id, before)
    return History(profile, revisions, earlier)


def get_pair(member: Actor, slug: str, older: int, newer: int) -> tuple[Profile, Revision, Revision]:
    """Two revisions and their profile, the earlier one first. Raises NotFound, Forbidden."""
    profile = get_edited(member, slug)
    first, second = (get_revision(TYPE, profile.id, number) for number in sorted((older, newer)))
    return profile, first, second


def get_revision_of(member: Actor, slug: str, number: int) -> tuple[Profile, Revision]:
    """One revision and its profile. Raises NotFound, Forbidden."""
    profile = get_edited(member, slug)
    return profile, get_revision(TYPE, profile.id, number)


def get_edited(member: Actor, slug: str) -> Profile:
    """A profile for somebody who may edit it, without locking it. Raises NotFound, Forbidden."""
    profile = get_profile(member, slug)
    require_edit(member, profile)
    return profile


def get_to_edit(member: Actor, slug: str) -> Profile:
    """The same for the form: not while the organisation is archived. Raises NotFound, Forbidden, Archived."""
    profile = get_edited(member, slug)
    check_open(profile.organisation)
    return profile
