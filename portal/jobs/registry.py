"""The jobs that exist, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Job:
    """A piece of work named ``<room>.<verb>``; with ``every`` (seconds, whole minutes) it also runs by itself."""

    name: str
    func: Callable[..., Any]
    every: int | None = None


CORE_JOBS: dict[str, Job] = {}


def job(name: str, every: int | None = None) -> Callable[[Function], Function]:
    """Declare a function of the core as the job ``name``. It runs in its own unit of work and may run twice."""

    def declare(func: Function) -> Function:
        CORE_JOBS[name] = Job(name, func, every)
        return func

    return declare


class JobRegistry:
    """All jobs that this process knows, of the core and of loaded plugins."""

    def __init__(self, jobs: Iterable[Job] = ()) -> None:
        self._by_name = dict(CORE_JOBS)
        self.add(jobs)

    def add(self, jobs: Iterable[Job]) -> None:
        """Add jobs. Raises ValueError if a name is taken or a schedule is shorter than a minute."""
        for one in jobs:
            if one.name in self._by_name:
                raise ValueError(f"job {one.name} is declared twice")
            if one.every is not None and (one.every < 60 or one.every % 60):
                raise ValueError(f"job {one.name}: the schedule must be whole minutes in seconds")
            self._by_name[one.name] = one

    def find(self, name: str) -> Job | None:
        """The job of that name, or None."""
        return self._by_name.get(name)

    def list_names(self, room: str) -> list[str]:
        """The names of the jobs that a room or plugin has."""
        return sorted(name for name in self._by_name if name.startswith(f"{room}."))

    def list_due(self, minute: int) -> list[Job]:
        """The jobs whose schedule falls on this minute (counted since the epoch)."""
        return [one for one in self._by_name.values() if one.every and minute % (one.every // 60) == 0]
