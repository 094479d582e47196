"""Files that were taken in become attachments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.audit.services.recording import record
from portal.extensions import db
from portal.files.models import Attachment, Kind, State
from portal.files.services.receiving import Received
from portal.jobs import enqueue
from portal.permissions.actor import Actor
from portal.plugin_host.announcements import announce_saved

PROCESS = "files.process"


@dataclass(frozen=True)
class Subject:
    """What a file belongs to: ``type`` is ``<plugin>.<thing>``, ``id`` its number."""

    type: str
    id: int

    @property
    def plugin(self) -> str:
        """The plugin whose thing it is; while it is switched off, the file can't be reached."""
        return self.type.partition(".")[0]


@dataclass(frozen=True)
class Description:
    """What people say about a file; ``title`` falls back on the file's name."""

    title: str = ""
    alt_text: str = ""
    caption: str = ""
    credit: str = ""
    consent_note: str = ""


def create_attachment(
    member: Actor,
    received: Received,
    subject: Subject,
    audience: Iterable[str],
    description: Description = Description(),
) -> Attachment:
    """Add a file that was taken in to ``subject`` for the principals in ``audience``; thumbnails and text follow in a
    job. The caller has checked that ``member`` may do this."""
    attachment = _new_attachment(member, received, subject)
    attachment.audience = sorted(set(audience))
    attachment.position = _next_position(subject, received.kind)
    describe(attachment, description)
    db.session.add(attachment)
    db.session.flush()
    details = {"name": received.name, "subject": _label(subject)}
    record(member, "attachment.created", "files.attachment", attachment.id, details)
    announce_saved(member, "files.attachment", attachment.id)
    enqueue(PROCESS, attachment_id=attachment.id)
    return attachment


def describe(attachment: Attachment, description: Description) -> None:
    """Put the description, trimmed to what fits, on the attachment."""
    attachment.title = description.title.strip()[:200] or attachment.file_name
    attachment.alt_text = description.alt_text.strip()[:400]
    attachment.caption = description.caption.strip()[:400]
    attachment.credit = description.credit.strip()[:200]
    attachment.consent_note = description.consent_note.strip()[:400]


def _new_attachment(member: Actor, received: Received, subject: Subject) -> Attachment:
    stored, inspected = received.stored, received.inspected
    return Attachment(
        kind=received.kind,
        subject_type=subject.type,
        subject_id=subject.id,
        owner_plugin=subject.plugin,
        file_name=received.name,
        media_type=inspected.file_type.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        width=inspected.width,
        height=inspected.height,
        text_state=State.NONE if inspected.is_image else State.PENDING,
        thumbnail_state=State.PENDING if inspected.is_image else State.NONE,
        created_by_id=member.id,
    )


def _next_position(subject: Subject, kind: Kind) -> int:
    highest = select(func.max(Attachment.position)).where(
        Attachment.subject_type == subject.type, Attachment.subject_id == subject.id, Attachment.kind == kind
    )
    return (db.session.scalar(highest) or 0) + 1


def _label(subject: Subject) -> str:
    return f"{subject.type}:{subject.id}"
