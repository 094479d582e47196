"""An upload ends in a row, a file and, after the job, in text or thumbnails."""

import io
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.config import Settings
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid, Unavailable
from portal.extensions import db
from portal.files.models import Attachment, Kind
from portal.files.services import sweeping
from portal.files.services.receiving import receive_file
from portal.files.services.uploading import Subject, create_attachment
from portal.files.storage import LocalStorage, MemoryStorage
from portal.files.store import current_storage, max_upload_megabytes
from portal.permissions.actor import system
from tests.portal.files import samples
from tests.portal.files.conftest import Upload


def test_document_gets_its_text(upload: Upload, storage: MemoryStorage) -> None:
    file = upload("Folien.pdf")
    assert (file.text_state, file.pages) == ("done", ["Begrüßung", "Fachkräftegewinnung"])
    assert b"".join(storage.read(file.storage_key)) == samples.PDF
    assert (file.title, file.owner_plugin, file.position) == ("Folien.pdf", "events", 1)


def test_photo_is_made_anew_and_the_original_goes(upload: Upload, storage: MemoryStorage) -> None:
    photo = upload("IMG_1.HEIC", samples.picture("HEIF"), kind=Kind.PHOTO, alt_text=" Werkbank ")
    assert (photo.file_name, photo.media_type, photo.alt_text) == ("IMG_1.jpg", "image/jpeg", "Werkbank")
    keys = {found.key for found in storage.list_files()}
    assert keys == {photo.storage_key, *(photo.thumbnail_key(width) for width in (320, 800, 1600))}


def test_no_stored_byte_tells_where_a_photo_was_taken(upload: Upload, storage: MemoryStorage) -> None:
    upload("photo.jpg", samples.photo_with_gps(), kind=Kind.PHOTO)
    stored = b"".join(b"".join(storage.read(found.key)) for found in storage.list_files())
    assert b"Exif" not in stored and b"Erika" not in stored


def test_scanned_document_says_so(upload: Upload) -> None:
    file = upload("Scan.pdf", samples.pdf(""))
    assert (file.text_state, file.text_reason) == ("empty", "scanned")


def test_locked_document_says_so(upload: Upload) -> None:
    file = upload("Geheim.pdf", samples.pdf("Text", password="secret"))
    assert (file.text_state, file.text_reason) == ("failed", "unreadable")


def test_damaged_photo_is_never_ready(upload: Upload) -> None:
    photo = upload("cut.jpg", samples.picture(size=(900, 900))[:-2000], kind=Kind.PHOTO)
    assert photo.thumbnail_state == "failed" and not photo.is_ready


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("evil.svg", samples.SVG, Kind.PHOTO),
        ("slides.pdf", samples.PDF, Kind.PHOTO),
        ("empty.txt", b"", Kind.DOCUMENT),
        ("large.txt", b"word " * 13_000_000, Kind.DOCUMENT),
    ],
)
def test_refused_upload_leaves_nothing(
    upload: Upload, storage: MemoryStorage, name: str, content: bytes, kind: Kind
) -> None:
    with pytest.raises(Invalid):
        upload(name, content, kind=kind)
    assert list(storage.list_files()) == [] and db.session.scalar(select(Attachment)) is None


def test_storage_that_is_full_refuses_clearly(
    upload: Upload, storage: MemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "put", refuse)
    with pytest.raises(Unavailable):
        upload()


def test_upload_that_is_rolled_back_is_not_processed(storage: MemoryStorage) -> None:
    received = receive_file(io.BytesIO(samples.PDF), "a.pdf")
    with pytest.raises(ZeroDivisionError), unit_of_work():
        create_attachment(system(), received, Subject("events.event", 1), ["member"])
        raise ZeroDivisionError
    assert db.session.scalar(select(Attachment)) is None


def test_upload_that_is_rolled_back_leaves_its_file_for_a_day_only(storage: MemoryStorage) -> None:
    orphan = receive_file(io.BytesIO(samples.PDF), "a.pdf").stored.key
    for hours, is_kept in ((20, True), (30, False)):
        with time_machine.travel(utcnow() + timedelta(hours=hours)), unit_of_work():
            sweeping.sweep_orphans()
        assert storage.exists(orphan) == is_kept


def test_dangerous_name_becomes_plain(upload: Upload) -> None:
    assert upload("../../x/Präsentation\u202e.pdf").file_name == "Präsentation.pdf"


def test_files_lie_in_the_data_folder_unless_set(app: Flask, settings: Settings) -> None:
    assert isinstance(current_storage(), LocalStorage)
    assert (settings.data_dir / "files" / "incoming").is_dir() and max_upload_megabytes() == 64
