"""What profiles do when the organisation they belong to is changed."""

from __future__ import annotations

from plugins.initiatives.services.profiles import TYPE, remember_address
from portal.sdk.access import Actor
from portal.sdk.hooks import announce_saved

ORGANISATION = "organisations.organisation"


def follow_organisation(type: str, id: str, actor_id: int | None) -> None:
    """Note the organisation's new address and tell the search; anything else is no news to profiles."""
    if type != ORGANISATION or not id.isdigit():
        return
    profile = remember_address(int(id))
    if profile is not None:
        announce_saved(Actor(id=actor_id), TYPE, profile.id)
