"""The slow work on a file after its upload: pictures made anew, text taken out. Runs as a job, twice without harm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from portal.database import after_commit, reading
from portal.extensions import db
from portal.files.models import Attachment, State, thumbnail_key
from portal.files.names import extension_of, with_extension
from portal.files.sandbox import ChildFailed, run_in_child
from portal.files.services.cutting import CUT
from portal.files.services.deleting import delete_stored
from portal.files.services.uploading import PROCESS
from portal.files.storage import Missing, Storage, Stored
from portal.files.store import current_storage
from portal.jobs import enqueue, job
from portal.permissions.actor import system
from portal.plugin_host.announcements import announce_saved

log = structlog.get_logger(__name__)
SECONDS = 60


@dataclass(frozen=True)
class Work:
    """What is to be done, without the row."""

    attachment_id: int
    storage_key: str
    extension: str
    is_image: bool


@dataclass(frozen=True)
class Outcome:
    """What came of it: a picture made anew (``stored``), a text, or the code of what went wrong."""

    stored: Stored | None = None
    result: dict[str, Any] | None = None
    reason: str = ""


@job(PROCESS)
def process_attachment(attachment_id: int) -> None:
    """Make the picture anew with its thumbnails, or take out the text. Must start its unit of work."""
    work = _find_work(attachment_id)
    if work is None:
        return
    outcome = _attempt(work)
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is None or attachment.storage_key != work.storage_key:
        # Deleted or finished by another run meanwhile: what this one made is not needed.
        if outcome.stored:
            delete_stored(outcome.stored.key)
        return
    (_keep_picture if work.is_image else _keep_text)(attachment, outcome)
    db.session.flush()
    announce_saved(system(), "files.attachment", attachment_id)


def _find_work(attachment_id: int) -> Work | None:
    with reading():  # SQLite's one write lock must not wait a minute for a child process
        found = db.session.get(Attachment, attachment_id)
        is_open = found is not None and State.PENDING in (found.text_state, found.thumbnail_state)
        return _work_on(found) if found is not None and is_open else None


def _work_on(attachment: Attachment) -> Work:
    extension = extension_of(attachment.file_name)
    return Work(attachment.id, attachment.storage_key, extension, attachment.is_image)


def _attempt(work: Work) -> Outcome:
    with TemporaryDirectory(prefix="portal-work-") as name:
        folder = Path(name)
        source = folder / f"source.{work.extension}"
        try:
            with source.open("wb") as copy:
                copy.writelines(current_storage().read(work.storage_key))
            return _make_picture(source, folder) if work.is_image else _take_text(source, folder)
        except Missing:
            log.error("file_missing", attachment=work.attachment_id)
            return Outcome(reason="missing")
        except ChildFailed as failed:
            return Outcome(reason=failed.reason)


def _make_picture(source: Path, folder: Path) -> Outcome:
    result = run_in_child("portal.files.images", "prepare", source, folder, SECONDS)
    storage = current_storage()
    with (folder / result["picture"]).open("rb") as picture:
        stored = storage.put(picture)
    _store_thumbnails(storage, stored.key, folder, result["thumbnails"])
    return Outcome(stored, result)


def _store_thumbnails(storage: Storage, key: str, folder: Path, names: dict[str, str]) -> None:
    for width, name in names.items():
        with (folder / name).open("rb") as thumbnail:
            storage.put(thumbnail, thumbnail_key(key, int(width)))


def _take_text(source: Path, folder: Path) -> Outcome:
    # The child finds out by the extension how to read the file.
    result = run_in_child("portal.files.extraction", "extract", source, folder, SECONDS)
    return Outcome(result=result, reason="cut" if result["cut"] else "")


def _keep_picture(attachment: Attachment, outcome: Outcome) -> None:
    if outcome.stored is None or outcome.result is None:
        attachment.thumbnail_state, attachment.text_reason = State.FAILED, outcome.reason
        return
    # The original, with the place and owner that the camera wrote into it, goes for good.
    after_commit(partial(delete_stored, attachment.storage_key))
    attachment.storage_key, attachment.size, attachment.sha256 = (
        outcome.stored.key,
        outcome.stored.size,
        outcome.stored.sha256,
    )
    attachment.width, attachment.height = outcome.result["width"], outcome.result["height"]
    attachment.media_type = outcome.result["media_type"]
    attachment.file_name = with_extension(attachment.file_name, outcome.result["extension"])
    attachment.thumbnail_state = State.DONE
    if attachment.crop:
        enqueue(CUT, attachment_id=attachment.id)


def _keep_text(attachment: Attachment, outcome: Outcome) -> None:
    if outcome.result is None:
        attachment.text_state, attachment.text_reason = State.FAILED, outcome.reason
        return
    attachment.text = outcome.result["text"]
    attachment.text_state = State.DONE if attachment.text else State.EMPTY
    attachment.text_reason = outcome.reason if attachment.text else "scanned"
