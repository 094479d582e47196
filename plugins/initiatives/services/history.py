"""The revisions of a profile, for its editors."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.initiatives.models import Profile
from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.queries import get_profile, list_topics
from plugins.initiatives.services.rules import require_edit
from plugins.initiatives.services.wording import in_words
from portal.sdk.access import Actor
from portal.sdk.revisions import FieldChange, Revision, compare, get_revision, list_revisions


@dataclass(frozen=True)
class History:
    """A page of a profile's revisions, newest first; ``earlier`` is the number to go on before."""

    profile: Profile
    revisions: list[Revision]
    earlier: int | None


@dataclass(frozen=True)
class Comparison:
    """Two revisions of a profile and the fields in which they differ."""

    profile: Profile
    older: Revision
    newer: Revision
    changes: list[FieldChange]


def list_history(member: Actor, slug: str, before: int | None = None) -> History:
    """The revisions with their authors. Raises NotFound, Forbidden for those who may not edit the profile."""
    profile = get_edited(member, slug)
    revisions, earlier = list_revisions(TYPE, profile.id, before)
    return History(profile, revisions, earlier)


def compare_revisions(member: Actor, slug: str, older: int, newer: int) -> Comparison:
    """What changed between two revisions, whichever was named first. Raises NotFound, Forbidden."""
    profile = get_edited(member, slug)
    first, second = (get_revision(TYPE, profile.id, number) for number in sorted((older, newer)))
    topics = list_topics()
    changes = compare(in_words(first.data, topics), in_words(second.data, topics))
    return Comparison(profile, first, second, changes)


def get_revision_of(member: Actor, slug: str, number: int) -> tuple[Profile, Revision]:
    """One revision and its profile. Raises NotFound, Forbidden."""
    profile = get_edited(member, slug)
    return profile, get_revision(TYPE, profile.id, number)


def get_edited(member: Actor, slug: str) -> Profile:
    """A profile for somebody who may edit it, without locking it. Raises NotFound, Forbidden."""
    profile = get_profile(member, slug)
    require_edit(member, profile)
    return profile
