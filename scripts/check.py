"""All that can be said about the code without running its tests: goes through every check, then judges."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}

CHECKS: dict[str, Sequence[Sequence[str]]] = {
    "types (pyright)": [[str(BIN / "pyright"), "--warnings"]],
    "style (ruff)": [[str(BIN / "ruff"), "check"], [str(BIN / "ruff"), "format", "--check"]],
    "import contracts (import-linter)": [[str(BIN / "lint-imports"), "--no-cache"]],
    "sizes and markup of the house": [[PYTHON, "scripts/check_house.py"]],
    "catalogues complete": [[PYTHON, "scripts/catalogues.py", "check"]],
    "migrations without drift": [
        [str(BIN / "portal"), "upgrade"],
        [str(BIN / "portal"), "plugin", "check", "--all"],
    ],
}


def run_check(commands: Sequence[Sequence[str]], data_folder: str) -> tuple[bool, str, float]:
    """Run the commands of a check until one fails: whether all passed, what they printed, seconds taken."""
    begin = time.monotonic()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    environment |= {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PORTAL_DATA_DIR": data_folder}
    printed = ""
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, **QUIET)
        printed += done.stdout + done.stderr
        if done.returncode != 0:
            return False, printed, time.monotonic() - begin
    return True, printed, time.monotonic() - begin


def report(name: str, future: Future[tuple[bool, str, float]]) -> bool:
    """Print one line for a check, and what it printed when it failed."""
    passed, printed, seconds = future.result()
    print(f"{'✓' if passed else '✗'} {name} ({seconds:.0f} s)", flush=True)
    if not passed:
        print("\n".join(f"    {line}" for line in printed.strip().splitlines()), flush=True)
    return passed


def main() -> int:
    """Run all checks, two at a time; the exit code is 1 when one failed."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        futures = {name: pool.submit(run_check, commands, folder) for name, commands in CHECKS.items()}
        passed = [report(name, future) for name, future in futures.items()]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
