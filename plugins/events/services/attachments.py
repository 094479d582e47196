"""Documents and photos of events and sections."""

from __future__ import annotations

from typing import Any, BinaryIO

from sqlalchemy import Select, and_, or_, select, update

from plugins.events.models import Event, Section
from plugins.events.permissions import EDIT
from plugins.events.services.holding import hold_event, hold_section
from portal.sdk.access import Actor, require, visible_to
from portal.sdk.database import session
from portal.sdk.errors import NotFound
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

EVENT = "events.event"
SECTION = "events.section"
DOCUMENT = "events.attachment"


def list_files(member: Actor, event_id: int) -> list[Attachment]:
    """All files of the event and its sections that the member may read, in order: one statement."""
    query = select(Attachment).where(_below(event_id), visible_to(Attachment.audience, member))
    return list(session.scalars(query.order_by(Attachment.position, Attachment.id)))


def list_files_of_section(member: Actor, section_id: int) -> list[Attachment]:
    """The section's own files that the member may read, in order."""
    of_section = (Attachment.subject_type == SECTION, Attachment.subject_id == section_id)
    query = select(Attachment).where(*of_section, visible_to(Attachment.audience, member))
    return list(session.scalars(query.order_by(Attachment.position, Attachment.id)))


def get_file_to_edit(member: Actor, event_id: int, attachment_id: int) -> Attachment:
    """A file of the event or of one of its sections. Raises Forbidden, NotFound."""
    require(member, EDIT)
    file = session.scalar(select(Attachment).where(Attachment.id == attachment_id, _below(event_id)))
    if file is None:
        raise NotFound
    return file


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
    file = create_attachment(member, received, subject, [f"permission:{EDIT}"], description or Description())
    file.audience = _audience_now(owner)
    session.flush()
    announce_saved(member, DOCUMENT, file.id)
    return file


def _audience_now(owner: Event | Section) -> list[str]:
    """Who may read the owner's files as of now: it may have been withdrawn while the file was on its way."""
    if isinstance(owner, Section):
        hold_section(owner)
        return owner.audience
    hold_event(owner)
    with session.no_autoflush:
        session.refresh(owner, ["internal_audience"])
    return owner.internal_audience


def is_photo_name(name: str) -> bool:
    """Whether a file of this name goes to the photos instead of the documents."""
    return name.lower().rpartition(".")[2] in {"jpg", "jpeg", "png", "webp", "heic", "heif", "gif"}


def update_file(member: Actor, event_id: int, attachment_id: int, description: Description) -> Attachment:
    """Change what is said about the file. Raises Forbidden, Invalid, NotFound."""
    file = get_file_to_edit(member, event_id, attachment_id)
    update_attachment(member, file, description)
    announce_saved(member, DOCUMENT, file.id)
    return file


def delete_file(member: Actor, event_id: int, attachment_id: int) -> None:
    """Delete the file. Raises Forbidden, NotFound."""
    _delete(member, get_file_to_edit(member, event_id, attachment_id))


def delete_files_of_event(member: Actor, event_id: int) -> None:
    """Delete every file of the event and its sections. Raises Forbidden."""
    require(member, EDIT)
    for file in session.scalars(select(Attachment).where(_below(event_id))):
        _delete(member, file)


def delete_files_of_section(member: Actor, section_id: int) -> None:
    """Delete every file of the section. Raises Forbidden."""
    require(member, EDIT)
    of_section = (Attachment.subject_type == SECTION, Attachment.subject_id == section_id)
    for file in session.scalars(select(Attachment).where(*of_section)):
        _delete(member, file)


def set_audience_of_event_files(event_id: int, audience: list[str]) -> None:
    """Write who may read the event's own files."""
    of_event = (Attachment.subject_type == EVENT, Attachment.subject_id == event_id)
    session.execute(update(Attachment).where(*of_event).values(audience=audience))


def set_audience_of_file(attachment_id: int, audience: list[str]) -> None:
    """Write who may read one file."""
    session.execute(update(Attachment).where(Attachment.id == attachment_id).values(audience=audience))


def set_audience_of_section_files(sections: Select[Any], audience: list[str]) -> None:
    """Write who may read the files of the sections that the statement selects."""
    of_sections = (Attachment.subject_type == SECTION, Attachment.subject_id.in_(sections))
    session.execute(update(Attachment).where(*of_sections).values(audience=audience))


def _delete(member: Actor, file: Attachment) -> None:
    announce_deleted(member, DOCUMENT, file.id)
    delete_attachment(member, file)


def _below(event_id: int) -> Any:
    sections = select(Section.id).where(Section.event_id == event_id)
    return or_(
        and_(Attachment.subject_type == EVENT, Attachment.subject_id == event_id),
        and_(Attachment.subject_type == SECTION, Attachment.subject_id.in_(sections)),
    )
