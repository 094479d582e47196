"""The child process's side of :mod:`portal.files.sandbox`: bounds itself, does one task, writes its result."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Task = Callable[[Path, Path], dict[str, Any]]

RESULT_NAME = "result.json"
MEMORY_BYTES = 360 * 1024 * 1024
MAX_FILE_BYTES = 64 * 1024 * 1024


def serve(**tasks: Task) -> None:
    """Do the task that the command line names, and write what it gives (or why it failed) into the given folder."""
    name, source, folder, seconds = sys.argv[1:]
    _limit_resources(int(seconds))
    result = _attempt(tasks[name], Path(source), Path(folder))
    (Path(folder) / RESULT_NAME).write_text(json.dumps(result), encoding="ascii")


def _attempt(task: Task, source: Path, folder: Path) -> dict[str, Any]:
    try:
        return task(source, folder)
    except MemoryError:
        return {"failed": "memory"}
    except ImportError:  # our own fault, not the file's
        raise
    # Whatever a decoder raises, the file is unreadable to us.
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return {"failed": "unreadable"}


def _limit_resources(seconds: int) -> None:
    """Bound memory, processor time and file size, and forbid core dumps, for good."""
    bounds = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MAX_FILE_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
