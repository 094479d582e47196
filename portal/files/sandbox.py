"""Runs work on untrusted files in a child process of its own, with bounds on memory, time and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from portal.files.child import RESULT_NAME
from portal.paths import PACKAGE

log = structlog.get_logger(__name__)
MAX_RESULT_BYTES = 24 * 1024 * 1024
# Two at a time keeps the machine usable while twenty photos arrive at once.
_slots = BoundedSemaphore(2)


class ChildFailed(Exception):
    """The child gave no result; ``reason`` is ``time``, ``memory``, ``unreadable`` or ``crash``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_in_child(module: str, task: str, source: Path, folder: Path, seconds: int = 60) -> dict[str, Any]:
    """The result of ``task`` of ``module`` on the file ``source``; files that it makes are put into ``folder``.

    The child sees no environment variables of ours (so no secrets) and is killed after ``seconds``.
    Raises ChildFailed."""
    command = [sys.executable, "-E", "-s", "-m", module, task, str(source), str(folder), str(seconds)]
    with _slots, (folder / "errors.txt").open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603 (no shell, own module names, paths made by us)
            command,
            cwd=PACKAGE.parent,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        _wait(child, seconds)
    return _result(folder, task, child.returncode)


def _wait(child: subprocess.Popen[bytes], seconds: int) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ChildFailed("time") from None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _result(folder: Path, task: str, code: int) -> dict[str, Any]:
    path = folder / RESULT_NAME
    if code == -signal.SIGXCPU:
        raise ChildFailed("time")
    if code or not path.is_file() or path.stat().st_size > MAX_RESULT_BYTES:
        complaint = (folder / "errors.txt").read_bytes()[-500:].decode(errors="replace")
        log.warning("child_failed", task=task, code=code, complaint=complaint)
        raise ChildFailed("crash")
    result = json.loads(path.read_bytes())
    if "failed" in result:
        raise ChildFailed(result["failed"])
    return result
