"""Files reach only their readers, and can do no harm in a browser."""

from collections.abc import Callable

import pytest

from portal.database import unit_of_work
from portal.files.models import Attachment, Kind
from portal.files.storage import MemoryStorage
from tests.fixtures.client import PortalClient
from tests.portal.files import samples
from tests.portal.files.conftest import Upload

Login = Callable[[str], PortalClient]


def address(file: Attachment, rest: str = "") -> str:
    return f"/files/{file.key}/{rest or file.file_name}"


def test_file_show_sends_a_document_as_an_inert_download(upload: Upload, login: Login) -> None:
    answer = login("member").get(address(upload("Präsentation Süd.pdf")))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, samples.PDF, "application/pdf")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Prasentation Sud.pdf\"; filename*=UTF-8''Pr%C3%A4sentation%20S%C3%BCd.pdf"
    )


@pytest.mark.parametrize("who", ["", "other", "disabled"])
def test_file_show_is_unknown_to_strangers(upload: Upload, client: PortalClient, login: Login, who: str) -> None:
    file = upload(audience=["role:editorial"])
    asking = login(who) if who else client
    answer, unknown = asking.get(address(file)), asking.get(f"/files/{'x' * len(file.key)}/Folien.pdf")
    assert answer.status_code == unknown.status_code == 404
    assert len(answer.data) == len(unknown.data)


def test_file_show_to_the_public_is_cached_briefly(upload: Upload, client: PortalClient) -> None:
    answer = client.get(address(upload(audience=["public"])))
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "public, max-age=60"


def test_file_show_to_members_is_asked_for_again(upload: Upload, login: Login) -> None:
    member, file = login("member"), upload()
    first = member.get(address(file))
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = member.get(address(file), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_file_show_forgets_a_revoked_reader_at_once(upload: Upload, login: Login) -> None:
    member, file = login("member"), upload()
    etag = member.get(address(file)).headers["ETag"]
    with unit_of_work():
        file.audience = ["role:editorial"]
    assert member.get(address(file), headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [("bytes=0-3", 206, slice(0, 4)), ("bytes=-5", 206, slice(-5, None)), ("bytes=10-", 206, slice(10, None))],
)
def test_file_show_sends_ranges(upload: Upload, login: Login, wanted: str, status: int, part: slice) -> None:
    answer = login("member").get(address(upload()), headers={"Range": wanted})
    assert (answer.status_code, answer.data) == (status, samples.PDF[part])
    assert answer.content_length == len(samples.PDF[part])


@pytest.mark.parametrize(("wanted", "status"), [("bytes=99999999-", 416), ("bytes=0-1,4-5", 200), ("lines=1-2", 200)])
def test_file_show_with_odd_ranges(upload: Upload, login: Login, wanted: str, status: int) -> None:
    assert login("member").get(address(upload()), headers={"Range": wanted}).status_code == status


def test_file_show_answers_head_without_reading(upload: Upload, login: Login, storage: MemoryStorage) -> None:
    file = upload()
    storage.delete(file.storage_key)
    answer = login("member").head(address(file))
    assert (answer.status_code, answer.content_length, answer.data) == (200, len(samples.PDF), b"")


def test_file_show_of_a_lost_file_is_not_found(upload: Upload, login: Login, storage: MemoryStorage) -> None:
    file = upload()
    storage.delete(file.storage_key)
    assert login("member").get(address(file)).status_code == 404


def test_file_show_never_renders_text(upload: Upload, login: Login) -> None:
    answer = login("member").get(address(upload("page.txt", samples.HTML)), headers={"Accept-Encoding": "gzip"})
    assert answer.mimetype == "application/octet-stream" and "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_file_show_holds_a_picture_back_until_it_is_made_anew(
    upload: Upload, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.files.services.uploading.enqueue", lambda *args, **options: None)
    photo = upload("photo.jpg", samples.photo_with_gps(), kind=Kind.PHOTO)
    member = login("member")
    assert [member.get(address(photo, rest)).status_code for rest in ("photo.jpg", "thumb/320")] == [404, 404]


def test_file_show_sends_a_picture_without_its_place(upload: Upload, login: Login) -> None:
    photo = upload("photo.jpg", samples.photo_with_gps(), kind=Kind.PHOTO)
    answer = login("member").get(address(photo))
    assert answer.mimetype == "image/jpeg" and b"Exif" not in answer.data
    assert answer.headers["Content-Disposition"].startswith("inline;")


def test_thumbnail_show(upload: Upload, login: Login) -> None:
    photo = upload("photo.jpg", samples.picture(), kind=Kind.PHOTO)
    member = login("member")
    answer = member.get(address(photo, "thumb/320"))
    assert (answer.status_code, answer.mimetype, answer.data[8:12]) == (200, "image/webp", b"WEBP")
    assert member.get(address(photo, "thumb/321")).status_code == 404


def test_thumbnail_show_is_unknown_to_strangers(upload: Upload, client: PortalClient) -> None:
    photo = upload("photo.jpg", samples.picture(), kind=Kind.PHOTO)
    assert client.get(address(photo, "thumb/320")).status_code == 404


def test_thumbnail_show_of_a_document_is_unknown(upload: Upload, login: Login) -> None:
    assert login("member").get(address(upload(), "thumb/320")).status_code == 404


def test_readyz_asks_the_storage(client: PortalClient, storage: MemoryStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json["storage"] is True  # type: ignore[index]

    def fail() -> None:
        raise OSError("away")

    monkeypatch.setattr(storage, "check", fail)
    assert client.get("/readyz").json["storage"] is False  # type: ignore[index]
