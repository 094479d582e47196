"""Portraits. A person has one at most; its bytes are read through here alone, after the rule of the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portal.audit.services.recording import record
from portal.errors import Conflict, Forbidden, NotFound
from portal.extensions import db
from portal.files.crops import CENTRE
from portal.files.models import Attachment, Kind
from portal.files.names import extension_of
from portal.files.services.cutting import set_crop
from portal.files.services.deleting import delete_attachments
from portal.files.services.queries import list_attachments_of
from portal.files.services.receiving import Received
from portal.files.services.uploading import Description, Subject, create_attachment
from portal.members.models import Member
from portal.members.services.queries import get_member
from portal.members.services.visibility import shown_to, viewer_of
from portal.permissions.actor import Actor, system

SUBJECT = "member"


def set_own_photo(member: Actor, received: Received) -> Attachment:
    """Replace one's own portrait by a picture that was taken in. Raises Forbidden for the public."""
    delete_own_photo(member)
    # People name pictures after themselves, and the audit keeps the names of files.
    received = replace(received, name=f"photo.{extension_of(received.name)}")
    # Named as nobody's audience but one's own: others get it by get_photo(), which asks the rule of the field.
    photo = create_attachment(
        member, received, Subject(SUBJECT, member.id or 0), {f"member:{member.id}"}, Description()
    )
    photo.owner_plugin = ""  # it is the core's: no plugin can switch it off
    photo.crop = CENTRE
    db.session.flush()
    return photo


def set_own_crop(member: Actor, key: str, crop: str) -> None:
    """Choose which part of one's own portrait is shown (:mod:`portal.files.crops`). ``key``: the picture it was chosen
    on. Raises Invalid, NotFound without a portrait, Conflict if it is another one by now."""
    photo = find_own_photo(member)
    if photo is None:
        raise NotFound
    if photo.key != key:
        raise Conflict("Your photo was changed meanwhile. Please choose once more.")
    set_crop(photo, crop)
    record(member, "member.updated", "member", member.id, {"name": member.name, "fields": ["photo"]})


def delete_own_photo(member: Actor) -> int:
    """Remove one's own portrait from database and storage; 0 if there was none. Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    return delete_attachments(member, SUBJECT, [member.id])


def find_own_photo(member: Actor) -> Attachment | None:
    """One's own portrait, also while it is being prepared."""
    return next(iter(list_attachments_of(system(), SUBJECT, [member.id or 0], Kind.PHOTO)[member.id or 0]), None)


def get_photo(member: Actor, person_id: int) -> Attachment:
    """Somebody's portrait. Raises NotFound if there is none that the member may see."""
    person = get_member(member, person_id)
    found = list_photos(member, [person]).get(person.id)
    if found is None:
        raise NotFound
    return found


def list_photos(member: Actor, people: Iterable[Member]) -> dict[int, Attachment]:
    """The portraits of these people that the member may see and that are ready, by number, in one statement."""
    viewer = viewer_of(member)
    allowed = [one.id for one in people if "photo" in shown_to(viewer, one)]
    found = list_attachments_of(system(), SUBJECT, allowed, Kind.PHOTO)
    return {number: photos[0] for number, photos in found.items() if photos and photos[0].is_ready}
