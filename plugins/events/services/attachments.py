"""Documents and photos of events and sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from plugins.events.models import EVENT, SECTION, Event, Section
from plugins.events.permissions import EDIT
from plugins.events.services.audiences import audience_of_section
from plugins.events.services.holding import hold, hold_file
from portal.sdk.access import Actor, require
from portal.sdk.files import (
    Attachment,
    Description,
    Kind,
    Received,
    Subject,
    create_attachment,
    delete_attachment,
    receive_file,
    update_attachment,
)
from portal.sdk.hooks import announce_deleted, announce_saved

DOCUMENT = "events.attachment"


def receive_upload(member: Actor, name: str, stream: BinaryIO) -> Received:
    """Take in a document or, by its name, a photo; call it before anything is written. Raises Forbidden, Invalid,
    Unavailable."""
    require(member, EDIT)
    return receive_file(stream, name, Kind.PHOTO if is_photo_name(name) else Kind.DOCUMENT)


def create_file(
    member: Actor, owner: Event | Section, received: Received, description: Description | None = None
) -> Attachment:
    """Add a file that was taken in to the event or section. Raises Forbidden, NotFound."""
    require(member, EDIT)
    subject = Subject(EVENT if isinstance(owner, Event) else SECTION, owner.id)
    file = create_attachment(member, received, subject, _audience_now(owner), description or Description())
    announce_saved(member, DOCUMENT, file.id)
    return file


def _audience_now(owner: Event | Section) -> list[str]:
    """Who may read the owner's files as of now: it may have been withdrawn while the file was on its way."""
    if isinstance(owner, Event):
        return hold(owner).internal_audience
    section = hold(owner)
    return audience_of_section(section.event, section.audience_choice)


def is_photo_name(name: str) -> bool:
    """Whether a file of this name goes to the photos instead of the documents."""
    return name.lower().rpartition(".")[2] in {"jpg", "jpeg", "png", "webp", "heic", "heif", "gif"}


def update_file(member: Actor, event_id: int, attachment_id: int, description: Description, version: int) -> Attachment:
    """Change what is said about the file, as the editor saw it in ``version``. Raises Conflict, Forbidden, NotFound."""
    file = hold_file(member, event_id, attachment_id)
    update_attachment(member, file, description, version)
    announce_saved(member, DOCUMENT, file.id)
    return file


def delete_file(member: Actor, event_id: int, attachment_id: int) -> None:
    """Delete the file. Raises Forbidden, NotFound."""
    delete_files(member, [hold_file(member, event_id, attachment_id)])


def delete_files(member: Actor, files: Iterable[Attachment]) -> None:
    """Delete these files of one event, which the caller holds. Raises Forbidden."""
    require(member, EDIT)
    for file in files:
        announce_deleted(member, DOCUMENT, file.id)
        delete_attachment(member, file)
