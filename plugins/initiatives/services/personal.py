"""What the plugin knows of one person: given to them, taken away with them."""

from __future__ import annotations

from plugins.initiatives.models import Profile
from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.queries import list_changed_by, list_giving
from portal.sdk.access import system
from portal.sdk.database import session
from portal.sdk.hooks import announce_saved
from portal.sdk.network import Member
from portal.sdk.revisions import replace_value

# The fields of a profile in which its people give an address or a number, and where a member has theirs.
OWN = (("mailbox", "email"), ("phone", "phone"))


def collect(member_id: int) -> dict[str, object]:
    """The profiles that somebody was the last to change, and those that give their own address or number."""
    changed = list_changed_by(system(), member_id)
    return {
        "profiles_changed_last": [{"organisation": one.organisation.name, "at": one.changed_at} for one in changed],
        "profiles_with_own_contact": [
            {"organisation": one.organisation.name, field: value}
            for field, value in _own_values(member_id)
            for one in list_giving(system(), field, value)
        ],
    }


def forget(member_id: int) -> int:
    """Take their own address and number out of profiles and versions; gives how many. Texts are not searched: nobody
    could tell a person from a namesake. Versions stay and name their author as the portal then calls them."""
    count = 0
    for field, value in _own_values(member_id):
        count += replace_value(TYPE, field, value, "")
        for profile in list_giving(system(), field, value):
            _blank(profile, field)
            count += 1
    return count


def _blank(profile: Profile, field: str) -> None:
    setattr(profile, field, "")
    session.flush()
    announce_saved(system(), TYPE, profile.id)


def _own_values(member_id: int) -> list[tuple[str, str]]:
    member = session.get(Member, member_id)
    own = [(field, getattr(member, theirs, "")) for field, theirs in OWN]
    return [(field, value) for field, value in own if value]
