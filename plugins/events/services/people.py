"""Finding the people whom the editorial office names: presenters, authors, participants."""

from __future__ import annotations

from plugins.events.services import queries
from portal.sdk.access import Actor
from portal.sdk.errors import Invalid
from portal.sdk.network import Member, can_see_address


def find_person(member: Actor, words: str, field: str, present: Member | None = None) -> Member | None:
    """The person with this name or, for who may see addresses, e-mail address; None for no words.

    ``present`` is who stood there before: their name alone still means them, even where others have it too.
    Raises Forbidden, and Invalid on ``field`` unless exactly one person fits."""
    words = words.strip()
    if not words:
        return None
    if present is not None and words == words_for(member, present):
        return present
    found = queries.find_people(member, [words], [words.lower()])
    if len(found) > 1:
        raise Invalid("Several people have this name. Please give the e-mail address.", field)
    if not found:
        raise Invalid("Nobody here has this name. Please write it as it stands in the list of members.", field)
    return found[0]


def words_for(member: Actor, person: Member | None) -> str:
    """What a form shows for the person: the address, where it may be seen, because names can be the same."""
    if person is None:
        return ""
    return person.email if person.email and can_see_address(member, person) else person.name
