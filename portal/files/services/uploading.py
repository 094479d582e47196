"""Taking in files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy import func, select

from portal.audit.services.recording import record
from portal.errors import Unavailable
from portal.extensions import db
from portal.files import refusals
from portal.files.inspection import Inspected, inspect, require_file_type
from portal.files.models import Attachment, Kind, State
from portal.files.names import clean_name
from portal.files.storage import Stored
from portal.files.store import current_storage, max_upload_megabytes
from portal.jobs import enqueue
from portal.permissions.actor import Actor
from portal.plugin_host.announcements import announce_saved

CHUNK_BYTES = 256 * 1024
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
    stream: BinaryIO,
    file_name: str,
    subject: Subject,
    audience: Iterable[str],
    kind: Kind = Kind.DOCUMENT,
    description: Description = Description(),
) -> Attachment:
    """Add the file ``stream`` to ``subject`` for the principals in ``audience``; thumbnails and text follow in a job.

    The caller has checked that ``member`` may do this. Raises Invalid if the file is not accepted, Unavailable if it
    can't be stored."""
    name = clean_name(file_name)
    require_file_type(name)
    with TemporaryDirectory(prefix="portal-upload-") as folder:
        source = Path(folder) / "upload"
        receive(stream, source, max_upload_megabytes())
        inspected = inspect(source, name, Path(folder))
        if kind == Kind.PHOTO and not inspected.is_image:
            raise refusals.not_a_picture()
        # Written before the row, so that no row ever points at nothing; a sweep removes files without a row.
        stored = _store(source)
    attachment = _new_attachment(member, name, subject, stored, inspected)
    attachment.kind, attachment.audience = kind, sorted(set(audience))
    attachment.position = _next_position(subject, kind)
    describe(attachment, description)
    db.session.add(attachment)
    db.session.flush()
    record(member, "attachment.created", "files.attachment", attachment.id, {"name": name, "subject": _label(subject)})
    announce_saved(member, "files.attachment", attachment.id)
    enqueue(PROCESS, attachment_id=attachment.id)
    return attachment


def receive(stream: BinaryIO, target: Path, megabytes: int) -> None:
    """Write the upload aside, no more of it than is allowed. Raises Invalid if it is empty or larger."""
    left = megabytes * 1_000_000
    with target.open("wb") as copy:
        while chunk := stream.read(CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                raise refusals.too_large(megabytes)
            copy.write(chunk)
        if not copy.tell():
            raise refusals.empty()


def describe(attachment: Attachment, description: Description) -> None:
    """Put the description, trimmed to what fits, on the attachment."""
    attachment.title = description.title.strip()[:200] or attachment.file_name
    attachment.alt_text = description.alt_text.strip()[:400]
    attachment.caption = description.caption.strip()[:400]
    attachment.credit = description.credit.strip()[:200]
    attachment.consent_note = description.consent_note.strip()[:400]


def _store(source: Path) -> Stored:
    try:
        with source.open("rb") as content:
            return current_storage().put(content)
    except OSError as error:
        raise Unavailable("The file could not be stored. Please try again later.") from error


def _new_attachment(member: Actor, name: str, subject: Subject, stored: Stored, inspected: Inspected) -> Attachment:
    return Attachment(
        subject_type=subject.type,
        subject_id=subject.id,
        owner_plugin=subject.plugin,
        file_name=name,
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
