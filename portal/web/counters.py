"""Counters of the rate limits within one process, where no Redis is set."""

from __future__ import annotations

import threading
import time

from limits.storage import Storage

PROCESS = "process://"
SWEEP_S = 60.0


class ProcessStorage(Storage):
    """Fixed windows in a dictionary, swept once a minute in passing.

    The library's own storage in memory starts a thread on nearly every request to look through all its keys."""

    STORAGE_SCHEME = ["process"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[int, float]] = {}
        self._swept = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        """A dictionary is never away."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to the key's count in a window of ``expiry`` seconds, which begins with its first; gives the count."""
        now = time.time()
        with self._lock:
            if now - self._swept > SWEEP_S:
                self._windows = {one: window for one, window in self._windows.items() if window[1] > now}
                self._swept = now
            count, ends = self._window(key, now)
            self._windows[key] = (count + amount, ends or now + expiry)
        return count + amount

    def _window(self, key: str, now: float) -> tuple[int, float]:
        count, ends = self._windows.get(key, (0, 0.0))
        return (count, ends) if ends > now else (0, 0.0)

    def get(self, key: str) -> int:
        """The count of the key's present window."""
        return self._window(key, time.time())[0]

    def get_expiry(self, key: str) -> float:
        """When the key's window ends, in seconds of the epoch."""
        now = time.time()
        return self._window(key, now)[1] or now

    def check(self) -> bool:
        """Whether it can be used."""
        return True

    def reset(self) -> int | None:
        """Forget all; gives how many keys there were."""
        with self._lock:
            count, self._windows = len(self._windows), {}
        return count

    def clear(self, key: str) -> None:
        """Forget one key."""
        with self._lock:
            self._windows.pop(key, None)
