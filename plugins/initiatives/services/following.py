"""What profiles do when the organisation they belong to is changed, archived or brought back."""

from __future__ import annotations

from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.queries import find_of_organisation
from portal.sdk.access import Actor, system
from portal.sdk.hooks import announce_deleted, announce_saved

ORGANISATION = "organisations.organisation"


def follow_organisation(type: str, id: str, actor_id: int | None) -> None:
    """Tell the search of the organisation's new name and address; anything else is no news to profiles."""
    if type == ORGANISATION and id.isdigit():
        show_profile(int(id), actor_id)


def show_profile(organisation_id: int, actor_id: int | None) -> None:
    """Let the search look at the profile of an organisation, unless it is archived."""
    profile = find_of_organisation(system(), organisation_id)
    if profile is not None and not profile.organisation.is_archived:
        announce_saved(Actor(id=actor_id), TYPE, profile.id)


def hide_profile(organisation_id: int, actor_id: int | None) -> None:
    """Let the search forget the profile of an organisation that is archived."""
    profile = find_of_organisation(system(), organisation_id)
    if profile is not None:
        announce_deleted(Actor(id=actor_id), TYPE, profile.id)
