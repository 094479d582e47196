"""How plugins fare in this process: what they raised within a day, and how long their pages and hooks take."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass

DAY_S, KEPT, SAMPLES = 86_400.0, 500, 400


@dataclass(frozen=True)
class Failure:
    """One error of a plugin: where (a hook, a card, a page), what, and when (seconds since the epoch)."""

    plugin: str
    hook: str
    error: str
    at: float


@dataclass(frozen=True)
class Fares:
    """How many errors of a plugin there were within a day, the last one, and the 95th percentile of its pages."""

    failures: int
    last_failure: str
    p95_ms: int | None

    def as_row(self) -> dict[str, object]:
        """By the names of the columns."""
        return {"failures": self.failures, "last_failure": self.last_failure, "p95_ms": self.p95_ms}


class Measures:
    """Kept in memory; the process tells others of it once a minute."""

    def __init__(self) -> None:
        self.failures: deque[Failure] = deque(maxlen=KEPT)
        self._took: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=SAMPLES))

    def note_failure(self, plugin: str, hook: str, error: BaseException) -> None:
        """Keep an error."""
        self.failures.append(Failure(plugin, hook, f"{type(error).__name__}: {error}", time.time()))

    def note_time(self, plugin: str, seconds: float) -> None:
        """Keep how long a page of the plugin took."""
        self._took[plugin].append(seconds)

    def of(self, plugin: str) -> Fares:
        """How the plugin fares."""
        recent = [one for one in self.failures if one.plugin == plugin and one.at > time.time() - DAY_S]
        took = sorted(self._took.get(plugin, ()))
        p95 = round(took[int(len(took) * 0.95)] * 1000) if took else None
        return Fares(len(recent), f"{recent[-1].hook}: {recent[-1].error}" if recent else "", p95)
