"""Every storage keeps the same promises."""

import io
import os
import stat
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from portal.files.storage import LocalStorage, Missing, Storage, new_key, storage_from_url

CONTENT = os.urandom(700_000)


class BrokenStream(io.BytesIO):
    """Fails after its first chunk, as a connection does that breaks off."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError("cut off")
        return super().read(size)


@pytest.fixture(params=["file", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "s3":
        return storage_from_url(request.getfixturevalue("bucket_url"))
    return storage_from_url(f"file:{tmp_path / 'files'}" if request.param == "file" else "memory:")


def test_put_gives_size_and_digest(storage: Storage) -> None:
    stored = storage.put(io.BytesIO(CONTENT))
    assert (stored.size, stored.sha256) == (len(CONTENT), sha256(CONTENT).hexdigest())
    assert b"".join(storage.read(stored.key)) == CONTENT


def test_put_large_file_in_several_parts(storage: Storage) -> None:
    content = os.urandom(11 * 1024 * 1024)
    stored = storage.put(io.BytesIO(content))
    assert storage.size(stored.key) == len(content)
    assert sha256(b"".join(storage.read(stored.key))).hexdigest() == stored.sha256


@pytest.mark.parametrize(("start", "length"), [(0, 10), (5, None), (699_990, 100), (300_000, 300_000), (7, 0)])
def test_read_a_range(storage: Storage, start: int, length: int | None) -> None:
    key = storage.put(io.BytesIO(CONTENT)).key
    end = None if length is None else start + length
    assert b"".join(storage.read(key, start, length)) == CONTENT[start:end]


def test_put_under_the_same_key_replaces(storage: Storage) -> None:
    key = new_key()
    storage.put(io.BytesIO(b"old"), key)
    storage.put(io.BytesIO(b"new text"), key)
    assert b"".join(storage.read(key)) == b"new text"


def test_put_that_breaks_off_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(ConnectionError):
        storage.put(BrokenStream(os.urandom(12 * 1024 * 1024)))
    assert list(storage.list_files()) == []


def test_read_of_an_unknown_key_is_missing_at_once(storage: Storage) -> None:
    with pytest.raises(Missing):
        storage.read(new_key())
    with pytest.raises(Missing):
        storage.size(new_key())


def test_delete_twice(storage: Storage) -> None:
    key = storage.put(io.BytesIO(b"gone")).key
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "/x", "a" * 32 + "\n"])
def test_strange_keys_are_refused(storage: Storage, key: str) -> None:
    with pytest.raises(ValueError):
        storage.read(key)


def test_list_files_tells_key_size_and_age(storage: Storage) -> None:
    stored = storage.put(io.BytesIO(b"four"))
    (found,) = storage.list_files()
    assert (found.key, found.size) == (stored.key, 4)
    assert abs(datetime.now(UTC) - found.modified_at) < timedelta(minutes=1)


def test_check_of_a_working_storage(storage: Storage) -> None:
    storage.check()


def test_local_files_belong_to_the_portal_alone(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "files")
    key = storage.put(io.BytesIO(b"private")).key
    path = tmp_path / "files" / key[:2] / key[2:4] / key
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parents[1], path.parents[2])]
    assert modes == [0o600, 0o700, 0o700, 0o700]


def test_local_drafts_are_swept(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    (tmp_path / "incoming" / new_key()).write_bytes(b"half")
    assert storage.delete_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert storage.delete_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1


@pytest.mark.parametrize("url", ["", "file:", "ftp://host/x", "s3://", "s3://bucket?colour=blue", "memory:x"])
def test_storage_from_url_refuses_what_it_does_not_know(url: str) -> None:
    with pytest.raises(ValueError):
        storage_from_url(url)


def test_storage_from_url_takes_a_folder_with_odd_letters(tmp_path: Path) -> None:
    storage_from_url(f"file:{tmp_path}/Bäume & #1?").check()
    assert (tmp_path / "Bäume & #1?" / "incoming").is_dir()
