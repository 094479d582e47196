"""Business cards (vCard 3.0, RFC 2426) with what the asker sees of a person."""

from __future__ import annotations

import vobject

from portal.members.models import Member
from portal.members.services.visibility import Viewer, shown_to


def card_of(viewer: Viewer, person: Member, url: str, photo: bytes | None = None) -> str:
    """The card of ``person`` as ``viewer`` may have it; ``url`` is their page in the portal, ``photo`` a JPEG."""
    shown = shown_to(viewer, person)
    card = vobject.vCard()
    first, _, last = person.name.rpartition(" ")
    card.add("n").value = vobject.vcard.Name(family=last, given=first, prefix=person.title)
    card.add("fn").value = person.full_name
    if person.memberships:
        card.add("org").value = [person.memberships[0].organisation.name]
    if person.function:
        card.add("title").value = person.function
    if "email" in shown and person.email:
        card.add("email").value = person.email
    if "phone" in shown and person.phone:
        card.add("tel").value = person.phone
    if "about" in shown and person.about:
        card.add("note").value = person.about
    if "photo" in shown and photo:
        picture = card.add("photo")
        picture.value, picture.encoding_param, picture.type_param = photo, "b", "JPEG"
    card.add("url").value = url
    return card.serialize()
