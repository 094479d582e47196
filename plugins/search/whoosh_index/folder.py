"""The folder of the index on disk: which build is in use, who may write, what is left over.

    <root>/current        the name of the build in use and its make
    <root>/<build>/…      one Whoosh index for each stratum; `broken` beside them once reading has failed
    <root>/*.lock         held while writing or rebuilding

Whoosh reads pickles, so the folder belongs to the portal's user alone; anything else is not read at all.
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plugins.search.index import IndexBusy, IndexState

PRIVATE = 0o700
POLL = 0.02


class IndexFolder:
    """Knows builds by name; a build becomes the current one in a single rename."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self.root = root
        self.fingerprint = fingerprint

    @property
    def _pointer(self) -> Path:
        return self.root / "current"

    def find_token(self) -> tuple[int, int] | None:
        """Changes whenever another build becomes the current one; None without any."""
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def find_state(self) -> IndexState:
        """Whether there is a build that may be read."""
        build, fingerprint = self._read_pointer()
        if build is None or not build.is_dir():
            return IndexState.MISSING
        if not self._is_private(self.root) or (build / "broken").exists():
            return IndexState.BROKEN
        return IndexState.READY if fingerprint == self.fingerprint else IndexState.OUTDATED

    def find_current(self) -> Path | None:
        """The build to read and write, or None when there is none that may be."""
        return self._read_pointer()[0] if self.find_state() is IndexState.READY else None

    def _read_pointer(self) -> tuple[Path | None, str]:
        try:
            name, fingerprint = self._pointer.read_text("ascii").split()
        except (OSError, ValueError):
            return None, ""
        return (self.root / name if name.isalnum() else None), fingerprint

    def _is_private(self, path: Path) -> bool:
        found = path.stat()
        return found.st_uid == os.geteuid() and not found.st_mode & 0o077

    def mark_broken(self, build: Path) -> None:
        """Remembers for all processes that a build cannot be read."""
        with suppress(OSError):
            (build / "broken").touch()

    def make_build(self) -> Path:
        """A new empty build; leftovers of builds that never became current are swept away."""
        self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        self.root.chmod(PRIVATE)
        self.remove_leftovers()
        build = self.root / secrets.token_hex(8)
        build.mkdir(mode=PRIVATE)
        return build

    def switch_to(self, build: Path) -> None:
        """Makes a finished build the current one, then removes the others."""
        draft = self.root / "current.new"
        draft.write_text(f"{build.name} {self.fingerprint}", "ascii")
        draft.replace(self._pointer)
        self.remove_leftovers()

    def remove_leftovers(self) -> None:
        """Deletes every build but the current one."""
        current = self._read_pointer()[0]
        for path in self.root.iterdir():
            if path.is_dir() and path != current:
                shutil.rmtree(path, ignore_errors=True)

    def remove_all(self) -> None:
        """Deletes every build, and what says which is the current one."""
        self._pointer.unlink(missing_ok=True)
        self.remove_leftovers()

    def find_size(self) -> int:
        """Bytes on disk of the current build."""
        build = self._read_pointer()[0]
        sizes = 0
        for path in build.rglob("*") if build else ():
            with suppress(OSError):
                sizes += path.stat().st_size
        return sizes

    @contextmanager
    def hold(self, name: str, patience: float) -> Iterator[None]:
        """Holds a lock that the system lets go when the process dies; raises IndexBusy after `patience`
        seconds."""
        self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        handle = os.open(self.root / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _wait_for_lock(handle, patience)
            yield
        finally:
            os.close(handle)

    def is_held(self, name: str) -> bool:
        """True while some process holds the lock."""
        try:
            with self.hold(name, 0):
                return False
        except IndexBusy:
            return True


def _wait_for_lock(handle: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise IndexBusy from None
            time.sleep(POLL)
