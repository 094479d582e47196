"""The plugin of docs/plugins/tutorial.md: the page shows it as it is, and it keeps the contract."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from portal.plugin_author.catalogues import compile_catalogue
from tests.fixtures.offering import offered
from tests.portal.plugin_author.test_scaffold import ROOT, TEST, run

SOURCE = ROOT / "tests" / "tutorial_plugin"
PAGE = (ROOT / "docs" / "plugins" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^`([\w/.]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN_BY_COMMANDS = {"0001_first_version.py", "umfragen.mo"}


def test_the_page_shows_the_files_as_they_are() -> None:
    shown = dict(BLOCK.findall(PAGE))
    assert {name: (SOURCE / name).read_text(encoding="utf-8") for name in shown} == shown
    files = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {name for name in files - shown.keys() if Path(name).name not in WRITTEN_BY_COMMANDS} == set()


def test_the_plugin_passes_its_tests_and_the_contract(tmp_path: Path) -> None:
    folder = shutil.copytree(SOURCE, tmp_path / "umfragen")
    for catalogue in folder.rglob("*.po"):
        compile_catalogue(catalogue)
    with offered(folder, "umfragen", "portal_umfragen.plugin"):
        tested = run(TEST, folder, PYTHONPATH=f"{folder}{os.pathsep}{ROOT}")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "6 passed" in tested.stdout and str(folder) not in sys.path
