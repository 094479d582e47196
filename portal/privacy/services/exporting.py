"""One's own data as a ZIP: asked for, made by a job, fetched by nobody else, removed after a while."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import ColumnElement, func, select, update

from portal.audit.services.recording import record
from portal.database import reading, unit_of_work, utcnow
from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.files.models import Attachment, Kind, State
from portal.files.services.deleting import delete_attachments, delete_stored
from portal.files.services.describing import list_all_attachments
from portal.files.storage import Missing, Stored
from portal.files.store import current_storage
from portal.jobs import enqueue, job
from portal.members.models import Member
from portal.permissions.actor import Actor, system
from portal.privacy.models import DataExport
from portal.privacy.services.collecting import collect
from portal.retention.registry import setting_days

log = structlog.get_logger(__name__)
SUBJECT, NAME, MEDIA_TYPE = "data_export", "meine-daten.zip", "application/zip"
DATA_PERCENT, STORED_PERCENT = 10, 95  # what is gathered, and what only has to be put away
LOST_AFTER, TRIED_FOR = timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True)
class Copied:
    """A file that goes into the ZIP."""

    name: str
    storage_key: str


def request_export(member: Actor) -> DataExport:
    """Ask for one's own data; an earlier file is removed. Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    db.session.scalar(select(Member.id).where(Member.id == member.id).with_for_update())  # two clicks are one
    waiting = select(DataExport).where(DataExport.member_id == member.id, DataExport.state == "pending")
    if found := db.session.scalar(waiting):
        return found
    delete_exports(member.id)
    export = DataExport(member_id=member.id, expires_at=utcnow() + timedelta(days=setting_days("keep_export_days")))
    db.session.add(export)
    db.session.flush()
    record(member, "member.data_requested", "member", member.id, {"name": member.name})
    enqueue("privacy.export", export_id=export.id)
    return export


def find_export(member: Actor) -> DataExport | None:
    """One's own newest file, unless its time is over."""
    own = select(DataExport).where(DataExport.member_id == member.id, DataExport.expires_at > utcnow())
    return db.session.scalar(own.order_by(DataExport.id.desc()).limit(1))


def get_export_file(member: Actor, export_id: int) -> Attachment:
    """The ZIP behind one's own file. Raises NotFound for everybody else's, and for what is not ready or over."""
    export = db.session.get(DataExport, export_id)
    if export is None or export.member_id != member.id or export.state != "ready" or export.expires_at <= utcnow():
        raise NotFound
    files = list_all_attachments(SUBJECT, [export.id])
    if not files:
        raise NotFound
    return files[0]


def delete_exports(member_id: int) -> None:
    """Remove all files made for a member, with their bytes."""
    exports = list(db.session.scalars(select(DataExport).where(DataExport.member_id == member_id)))
    _delete(exports)


@job("privacy.export")
def make_export(export_id: int) -> None:
    """Put the ZIP together and keep it. Runs twice without harm; must start its unit of work."""
    with reading():
        export = db.session.get(DataExport, export_id)
        if export is None or export.state != "pending":
            return
        member_id = export.member_id
        data, files = collect(member_id), _files_of(member_id)
    stored = _write(data, files, partial(_note_percent, export_id))
    export = db.session.scalar(select(DataExport).where(DataExport.id == export_id).with_for_update())
    if export is None or export.state != "pending":
        delete_stored(stored.key)
        return
    export.state = "ready"
    db.session.add(_attachment(export.id, stored))
    db.session.flush()


@job("privacy.sweep_exports", every=600)
def sweep_exports() -> None:
    """Nudge those that wait for long, and give up after a day."""
    late = select(DataExport).where(DataExport.state == "pending", DataExport.created_at < utcnow() - LOST_AFTER)
    for export in db.session.scalars(late.limit(50)):
        if export.created_at < utcnow() - TRIED_FOR:
            export.state = "failed"
        else:
            enqueue("privacy.export", export_id=export.id)


def count_over(before: datetime) -> int:
    """How many files were asked for before that moment or are over."""
    return db.session.scalar(select(func.count()).select_from(DataExport).where(_is_over(before))) or 0


def delete_over(before: datetime, most: int) -> int:
    """Remove at most ``most`` such files, with their bytes, and say how many."""
    exports = list(db.session.scalars(select(DataExport).where(_is_over(before)).limit(most)))
    _delete(exports)
    return len(exports)


def _is_over(before: datetime) -> ColumnElement[bool]:
    return (DataExport.created_at < before) | (DataExport.expires_at <= utcnow())


def _delete(exports: list[DataExport]) -> None:
    delete_attachments(system(), SUBJECT, [one.id for one in exports])
    for one in exports:
        db.session.delete(one)
    db.session.flush()


def _files_of(member_id: int) -> list[Copied]:
    """Their photo and what they uploaded, but no earlier export."""
    own = select(Attachment).where(Attachment.created_by_id == member_id, Attachment.subject_type != SUBJECT)
    return [Copied(f"{one.id}-{one.file_name}", one.storage_key) for one in db.session.scalars(own)]


def _note_percent(export_id: int, percent: int) -> None:
    """Say how far it is, in a short unit of work of its own, so that nobody waits for the long one."""
    with unit_of_work():
        db.session.execute(update(DataExport).where(DataExport.id == export_id).values(percent=percent))


def _write(data: dict[str, object], files: list[Copied], tell: Callable[[int], None]) -> Stored:
    with tempfile.TemporaryDirectory(prefix="portal-export-") as folder:
        path = Path(folder) / NAME
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
            noted = 0
            for number, file in enumerate(files):
                if (percent := DATA_PERCENT + (STORED_PERCENT - DATA_PERCENT) * number // len(files)) > noted:
                    tell(percent)
                    noted = percent
                _copy(archive, file)
        tell(STORED_PERCENT)
        with path.open("rb") as stream:
            return current_storage().put(stream)


def _copy(archive: zipfile.ZipFile, file: Copied) -> None:
    try:
        chunks = current_storage().read(file.storage_key)
        with archive.open(f"files/{file.name}", "w") as target:
            for chunk in chunks:
                target.write(chunk)
    except Missing:
        log.error("file_missing", storage_key=file.storage_key)


def _attachment(export_id: int, stored: Stored) -> Attachment:
    return Attachment(
        kind=Kind.DOCUMENT,
        subject_type=SUBJECT,
        subject_id=export_id,
        title=NAME,
        file_name=NAME,
        media_type=MEDIA_TYPE,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        audience=[],
        text_state=State.NONE,
        thumbnail_state=State.NONE,
    )
