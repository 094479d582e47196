"""``portal plugin new``: what it writes works as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.plugin_author import plugin_new
from portal.errors import Invalid
from portal.plugin_author.scaffold import create_distribution

ROOT = Path(__file__).resolve().parents[3]
INSTALL = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index")
TEST = (sys.executable, "-m", "pytest", "-q", "-p", "portal.sdk.testing", "-p", "no:cacheprovider")


def run(command: tuple[str, ...], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "PYTEST_"))}
    return subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)


def test_a_new_plugin_installs_and_passes_its_tests_and_the_contract_unedited(tmp_path: Path) -> None:
    written = CliRunner().invoke(plugin_new, ["verein", "--title", "Vereinsleben", "--folder", str(tmp_path)])
    assert written.exit_code == 0, written.output
    folder, library = tmp_path / "portal-verein", tmp_path / "library"
    assert run((*INSTALL, "--target", str(library), "."), folder).returncode == 0
    tested = run(TEST, folder, PYTHONPATH=f"{library}{os.pathsep}{ROOT}")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "8 passed" in tested.stdout


def test_a_new_plugin_bears_its_own_names_everywhere(tmp_path: Path) -> None:
    folder = create_distribution("verein", "Vereinsleben", tmp_path)
    texts = [str(path) + path.read_text() for path in folder.rglob("*") if path.is_file() and path.suffix != ".mo"]
    assert len(texts) > 20
    assert not any(word in text for text in texts for word in ("sampleid", "Sampletitle"))


@pytest.mark.parametrize(
    ("plugin_id", "title"), [("admin", "A"), ("Bad", "B"), ("x", "X"), ("notes-2", "N"), ("good", 'a"b'), ("good", " ")]
)
def test_what_can_be_no_plugin_is_not_written(tmp_path: Path, plugin_id: str, title: str) -> None:
    with pytest.raises(Invalid):
        create_distribution(plugin_id, title, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "portal-verein").mkdir()
    with pytest.raises(Invalid, match="there already"):
        create_distribution("verein", "Verein", tmp_path)
