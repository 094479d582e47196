"""Reading, describing, ordering, deleting and sweeping."""

import io
from datetime import timedelta

import pytest
import time_machine

from portal.audit.models import AuditEntry
from portal.database import unit_of_work, utcnow
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.files.models import Attachment, Kind
from portal.files.services import deleting, describing, processing, queries, sweeping
from portal.files.services.uploading import Description, Subject
from portal.files.storage import MemoryStorage
from portal.permissions.actor import Actor, anonymous, system
from tests.portal.files import samples
from tests.portal.files.conftest import Upload

MEMBER, OTHER = Actor(id=2), Actor(id=3)


def test_only_readers_find_an_attachment(upload: Upload) -> None:
    file = upload(audience=["member:2"])
    assert queries.get_attachment(MEMBER, file.id) is file
    for stranger in (OTHER, anonymous()):
        assert queries.find_attachment(stranger, file.id) is None
        with pytest.raises(NotFound):
            queries.get_attachment_by_key(stranger, file.key)


def test_attachments_of_a_plugin_that_is_off_are_gone(upload: Upload) -> None:
    file = upload(subject=Subject("nosuchplugin.thing", 1))
    assert queries.find_attachment(system(), file.id) is None


def test_many_subjects_cost_one_statement(upload: Upload, statements: list[str]) -> None:
    for number in (1, 2, 2):
        upload(subject=Subject("events.section", number))
    statements.clear()
    found = queries.list_attachments_of(MEMBER, "events.section", [1, 2, 3])
    assert {number: len(files) for number, files in found.items()} == {1: 1, 2: 2, 3: 0}
    assert len([one for one in statements if "attachment" in one]) == 1


def test_text_is_not_loaded_with_lists(upload: Upload, statements: list[str]) -> None:
    upload()
    db.session.expunge_all()
    statements.clear()
    queries.list_attachments(MEMBER, "events.event", 7, Kind.DOCUMENT)
    assert not any("attachment.text," in one for one in statements)


def test_changed_attachments_come_with_text(upload: Upload) -> None:
    upload()
    (found,) = queries.list_changed_attachments(system(), "events.event", utcnow() - timedelta(hours=1))
    assert "Fachkräftegewinnung" in found.text
    assert list(queries.list_changed_attachments(system(), "events.event", utcnow() + timedelta(hours=1))) == []


def test_move_attachment(upload: Upload) -> None:
    first, second, third = (upload() for _ in range(3))
    describing.move_attachment(MEMBER, third, -2)
    describing.move_attachment(MEMBER, first, 9)
    assert queries.list_attachments(MEMBER, "events.event", 7) == [third, second, first]


def test_update_attachment_falls_back_on_the_name(upload: Upload) -> None:
    file = upload(title="Alt")
    describing.update_attachment(system(), file, Description(caption="x" * 900), 1)
    assert (file.title, len(file.caption)) == ("Folien.pdf", 400)


def test_update_attachment_refuses_what_overtook(upload: Upload) -> None:
    file = upload()
    describing.update_attachment(system(), file, Description(caption="Eins"), 1)
    with pytest.raises(Conflict):
        describing.update_attachment(system(), file, Description(caption="Zwei"), 1)
    assert file.caption == "Eins"


def test_update_audience_is_audited(upload: Upload) -> None:
    file = upload()
    describing.update_audience(MEMBER, [file], ["public", "public"])
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert file.audience == ["public"]
    assert entry is not None and entry.details == {"name": "Folien.pdf", "before": ["member"], "after": ["public"]}


def test_delete_removes_file_and_thumbnails_after_the_commit(upload: Upload, storage: MemoryStorage) -> None:
    photo = upload("a.png", samples.picture("PNG"), kind=Kind.PHOTO)
    with unit_of_work():
        deleting.delete_attachment(MEMBER, photo)
        assert storage.exists(photo.storage_key)
    assert list(storage.list_files()) == []


def test_delete_attachments_of_subjects_and_of_a_plugin(upload: Upload) -> None:
    for number in (1, 2, 3):
        upload(subject=Subject("events.section", number))
    assert deleting.delete_attachments(MEMBER, "events.section", [1, 2]) == 2
    assert deleting.delete_attachments_of_plugin(system(), "events") == 1


def test_orphans_are_swept_after_a_day(upload: Upload, storage: MemoryStorage) -> None:
    photo = upload("a.png", samples.picture("PNG"), kind=Kind.PHOTO)
    orphan = storage.put(io.BytesIO(b"left behind")).key
    with unit_of_work():
        kept = (photo.storage_key, photo.thumbnail_key(320))
    with time_machine.travel(utcnow() + timedelta(hours=30)), unit_of_work():
        sweeping.sweep_orphans()
    assert not storage.exists(orphan)
    assert all(map(storage.exists, kept))


def test_lost_nudges_are_repeated(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.files.services.uploading.enqueue", lambda *args, **options: None)
    file = upload()
    assert file.text_state == "pending" and queries.count_unfinished() == {"pending": 1, "failed": 0}
    with time_machine.travel(utcnow() + timedelta(minutes=11)), unit_of_work():
        sweeping.sweep_pending()
    db.session.refresh(file)
    assert file.text_state == "done"


def test_work_that_never_ends_is_given_up(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.files.services.uploading.enqueue", lambda *args, **options: None)
    file = upload()
    with time_machine.travel(utcnow() + timedelta(days=3)), unit_of_work():
        sweeping.sweep_pending()
    assert (file.text_state, file.text_reason) == ("failed", "crash")


def test_processing_twice_does_no_harm(upload: Upload, storage: MemoryStorage) -> None:
    photo = upload("a.png", samples.picture("PNG"), kind=Kind.PHOTO)
    before = {found.key for found in storage.list_files()}
    with unit_of_work():
        numbers = (photo.id, 999)
    for number in numbers:
        with unit_of_work():
            processing.process_attachment(number)
    assert {found.key for found in storage.list_files()} == before


def test_file_that_is_lost_is_reported(upload: Upload, storage: MemoryStorage) -> None:
    file = upload()
    with unit_of_work():
        storage.delete(file.storage_key)
        file.text_state, number = "pending", file.id
    with unit_of_work():
        processing.process_attachment(number)
    assert db.session.get(Attachment, number).text_reason == "missing"  # type: ignore[union-attr]


def test_database_is_free_while_the_child_works(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(*args: object) -> dict[str, object]:
        seen.append(db.session().in_transaction())
        return {"text": "Text", "cut": False}

    monkeypatch.setattr(processing, "run_in_child", look)
    assert upload().text_state == "done" and seen == [False]
