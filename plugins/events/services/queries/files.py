"""Files and photos of an event and its sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from plugins.events.models import EVENT, SECTION, Section
from plugins.events.permissions import EDIT
from portal.sdk.access import Actor, Rule, prepared, require
from portal.sdk.database import session
from portal.sdk.errors import NotFound
from portal.sdk.files import Attachment, list_attachments


def list_files(member: Actor, event_id: int) -> list[Attachment]:
    """All files of the event and its sections that the member may read, in order: one statement."""
    return list(session.scalars(*_files(member, event=event_id)))


@prepared
def _files(visible: Rule) -> Select[Attachment]:
    query = select(Attachment).where(_below(bindparam("event")), visible(Attachment.audience))
    return query.order_by(Attachment.position, Attachment.id)


def list_files_of_section(member: Actor, section_id: int) -> list[Attachment]:
    """The section's own files that the member may read, in order."""
    return list_attachments(member, SECTION, section_id)


def list_files_now(member: Actor, event_id: int) -> Sequence[Attachment]:
    """Every file of the event and its sections as it is in the database now, whatever was read before.

    Raises Forbidden."""
    require(member, EDIT)
    query = select(Attachment).where(_below(event_id)).order_by(Attachment.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def get_file_to_edit(member: Actor, event_id: int, attachment_id: int) -> Attachment:
    """A file of the event or of one of its sections. Raises Forbidden, NotFound."""
    require(member, EDIT)
    file = session.scalar(select(Attachment).where(Attachment.id == attachment_id, _below(event_id)))
    if file is None:
        raise NotFound
    return file


def _below(event_id: Any) -> Any:
    sections = select(Section.id).where(Section.event_id == event_id)
    return or_(
        and_(Attachment.subject_type == EVENT, Attachment.subject_id == event_id),
        and_(Attachment.subject_type == SECTION, Attachment.subject_id.in_(sections)),
    )
