"""Turns requirements.in and requirements-dev.in into lock files with hashes, good for Python 3.11 to 3.13."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "compile", "--quiet", "--no-config"]
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
ORIGIN = ["--custom-compile-command", "make lock"]


def lock(target: str, *sources: str) -> None:
    """Write one lock file; versions already in it stay unless a source asks for others."""
    subprocess.run([*UV, *OPTIONS, *ORIGIN, *sources, "-o", target], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Lock what runs the portal, and then all that with what builds and tests it."""
    lock("requirements.lock", "requirements.in")
    lock("requirements-dev.lock", "-c", "requirements.lock", "requirements.in", "requirements-dev.in")
    return 0


if __name__ == "__main__":
    sys.exit(main())
