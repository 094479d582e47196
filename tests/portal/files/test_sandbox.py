"""The child process keeps its bounds."""

import textwrap
from pathlib import Path

import pytest

from portal.files import sandbox
from portal.files.sandbox import ChildFailed, run_in_child


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module ``evil`` whose task the test writes; the child finds it beside the package."""
    package = tmp_path / "root" / "portal"
    package.mkdir(parents=True)
    monkeypatch.setattr(sandbox, "PACKAGE", package)
    return tmp_path / "root" / "evil.py"


def attempt(task: Path, body: str, seconds: int = 10) -> dict[str, object]:
    lines = textwrap.indent(textwrap.dedent(body), "    ")
    task.write_text(
        "import os, socket, sys, time\nfrom portal.files.child import serve\n"
        f"def work(source, folder):\n{lines}\nserve(work=work)\n"
    )
    (task.parent / "portal").rmdir()
    return run_in_child("evil", "work", task, task.parent, seconds)


def test_child_sees_no_secret(task: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "canary")
    assert "canary" not in str(attempt(task, "return dict(os.environ)"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("b'x' * 10**9", "memory"),
        ("raise ValueError", "unreadable"),
        ("os.abort()", "crash"),
        ("os._exit(0)", "crash"),
        ("open(folder / 'big', 'wb').write(bytes(10**8))", "unreadable"),
    ],
)
def test_child_fails_with_a_reason(task: Path, body: str, reason: str) -> None:
    with pytest.raises(ChildFailed, match=reason):
        attempt(task, body)


@pytest.mark.parametrize("body", ["time.sleep(60)", "while True: pass"])
def test_child_is_ended_when_its_time_is_over(task: Path, body: str) -> None:
    with pytest.raises(ChildFailed, match="time"):
        attempt(task, body, seconds=1)


def test_child_of_the_child_is_ended_too(task: Path) -> None:
    with pytest.raises(ChildFailed, match="time"):
        attempt(task, "open(folder / 'pid', 'w').write(str(os.fork() or os.getpid()))\ntime.sleep(60)", seconds=1)
    assert not Path("/proc", (task.parent / "pid").read_text()).exists()
