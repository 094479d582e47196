"""A storage that is killed in the middle of writing shows complete files only."""

import hashlib
import io
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.files.storage import LocalStorage

WRITER = """
import io, os, sys
from pathlib import Path
from portal.files.storage import LocalStorage

storage = LocalStorage(Path(sys.argv[1]))
while True:
    stored = storage.put(io.BytesIO(os.urandom(3_000_000)))
    print(stored.key, stored.sha256, flush=True)
"""


def acknowledged_until_killed(folder: Path, seconds: float) -> dict[str, str]:
    """What the writer had reported when it was killed: key and digest."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    lines = [first, *writer.communicate()[0].splitlines()]
    return dict(line.split() for line in lines if line.count(" ") == 1 and len(line.split()[1]) == 64)


@pytest.mark.parametrize("seed", range(4))
def test_kill_while_writing_loses_nothing_acknowledged(tmp_path: Path, seed: int) -> None:
    acknowledged = acknowledged_until_killed(tmp_path, random.Random(seed).uniform(0.01, 0.15))
    storage = LocalStorage(tmp_path)
    found = {one.key: hashlib.sha256(b"".join(storage.read(one.key))).hexdigest() for one in storage.list_files()}
    assert acknowledged.items() <= found.items()
    assert all(one.size == 3_000_000 for one in storage.list_files())


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    acknowledged_until_killed(tmp_path, 0.05)
    storage = LocalStorage(tmp_path)
    storage.delete_unfinished(datetime.now(UTC) + timedelta(minutes=1))
    assert list((tmp_path / "incoming").iterdir()) == []


def test_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    storage = LocalStorage(tmp_path)
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        storage.put(io.BytesIO(b"x" * 1000))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
