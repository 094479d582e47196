"""Telling the editors of an initiative what others do to its profile."""

from __future__ import annotations

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from portal.sdk.access import Actor
from portal.sdk.notices import notify

CHANGED = "initiatives.profile_changed"


def tell_changed(member: Actor, profile: Profile) -> None:
    """Tell the editors that somebody else changed, published or withdrew the profile; the portal itself is nobody."""
    if member.is_system:
        return
    place = profile.organisation
    readers, params = queries.list_editors(place.id), {"who": member.name, "organisation": place.name}
    path = f"/initiatives/{place.slug}"
    notify(member, CHANGED, readers, profile.id, path, params, about=member.id, once="unread")


def list_knowable(member: Actor, subjects: list[str]) -> set[str]:
    """Of these profiles those whose editor the member still is."""
    edited = queries.list_edited(member, [int(one) for one in subjects])
    return {str(number) for number in edited}
