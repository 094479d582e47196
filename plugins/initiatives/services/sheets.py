"""What a reader sees of a profile: made from plain values, so that page, preview and old revision look the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.initiatives.models import Profile
from plugins.initiatives.services.content import CONTACT, EMPTY, find_position, snapshot
from plugins.initiatives.services.rules import reads_contact
from portal.sdk.access import Actor
from portal.sdk.network import Organisation, Topic


@dataclass(frozen=True)
class Sheet:
    """A profile for one reader. ``contact`` is None where they may not see it, the position where it is unknown."""

    organisation: Organisation
    values: dict[str, Any]
    topics: list[Topic]
    contact: dict[str, str] | None
    latitude: float | None
    longitude: float | None


def present_profile(member: Actor, profile: Profile) -> Sheet:
    """The saved profile as the member may see it."""
    return present_values(member, profile.organisation, snapshot(profile), profile.topics)


def present_values(
    member: Actor, organisation: Organisation, values: Mapping[str, Any], topics: Sequence[Topic]
) -> Sheet:
    """Values that need not be saved, as the member would see them; ``topics`` may hold more than are chosen."""
    complete = {**EMPTY, **values}
    latitude, longitude = find_position(organisation, complete)
    contact = {name: complete.pop(name) for name in CONTACT}
    allowed = reads_contact(member, complete["contact_reach"], organisation.id)
    return Sheet(
        organisation,
        complete,
        [topic for topic in topics if topic.slug in complete["topics"]],
        contact if allowed else None,
        latitude,
        longitude,
    )
