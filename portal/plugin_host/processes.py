"""Which process this is, and whether another one of the same machine still runs."""

from __future__ import annotations

import os
import socket
from functools import lru_cache
from pathlib import Path

PROC = Path("/proc")
STATE, START = 0, 19  # fields of /proc/<pid>/stat after the name (proc(5))
ENDED = ("Z", "X")


def node_name() -> str:
    """The name of this process for people: host and number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def process_mark() -> str:
    """What tells this process from every other one, also from one that gets its number later; "" where unknown."""
    return f"{_place()}/{os.getpid()}/{_start_of(os.getpid())}" if _place() else ""


def has_ended(mark: str) -> bool:
    """Whether the process with this mark is known to have ended: only one of the same running machine can be known."""
    place, _slash, rest = mark.partition("/")
    if not place or place != _place():
        return False
    number, _slash, start = rest.partition("/")
    return not number.isdigit() or _start_of(int(number)) != start


def is_running(mark: str) -> bool:
    """Whether the process with this mark is known to run: on this machine, whenever it was heard of."""
    return mark.partition("/")[0] == _place() != "" and not has_ended(mark)


@lru_cache(maxsize=1)
def _place() -> str:
    """This boot of this machine and this space of process numbers; containers with one host name differ in it."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}-{(PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _start_of(number: int) -> str:
    """When the process began, in ticks of the machine; "" if it has ended."""
    try:
        fields = (PROC / str(number) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
    except OSError:
        return ""
    return "" if fields[STATE] in ENDED else fields[START]
