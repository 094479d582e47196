"""Each contract of setup.cfg is seen to fail: a break is planted in a copy of the code and must be reported."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKELETON = ("__init__", "plugin", "views", "forms", "services", "models")

BREAKS = [
    ("core-knows-no-plugin", "portal/errors.py", "import plugins.alpha.models"),
    ("plugins-use-the-sdk", "plugins/alpha/views.py", "from portal import errors"),
    ("plugins-are-strangers", "plugins/alpha/views.py", "import plugins.beta.models"),
    ("layers-of-a-plugin", "plugins/alpha/models.py", "import plugins.alpha.services"),
    ("layers-of-a-room", "portal/members/models.py", "import portal.members.services"),
    ("rooms", "portal/audit/models.py", "import portal.login.models"),
    ("rooms", "portal/novelty.py", ""),
    ("services-know-no-flask", "plugins/alpha/services.py", "import flask"),
    ("sdk-is-for-plugins", "portal/members/models.py", "import portal.sdk"),
    ("no-cycles", "portal/audit/models.py", "import portal.audit.services"),
]


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code with two more plugins."""
    copy = tmp_path_factory.mktemp("code")
    shutil.copy(ROOT / "setup.cfg", copy)
    for package in ("portal", "plugins"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("static", "templates", "*.pyc"))
    for plugin in ("alpha", "beta"):
        (copy / "plugins" / plugin).mkdir()
        for module in SKELETON:
            (copy / "plugins" / plugin / f"{module}.py").touch()
    return copy


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "path", "line"), BREAKS)
def test_contract_reports_a_planted_break(code: Path, contract: str, path: str, line: str) -> None:
    module = code / path
    before = module.read_text() if module.exists() else None
    module.write_text(f"{before or ''}\n{line}\n")
    printed = _lint(code, contract)
    module.unlink() if before is None else module.write_text(before)
    assert "1 broken" in printed
    assert path.removesuffix(".py").replace("/", ".") in printed or contract == "no-cycles"


def test_every_room_is_closed_to_plugins() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    closed = settings["importlinter:contract:plugins-use-the-sdk"]["protected_modules"].split()
    entries = [path for path in (ROOT / "portal").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    assert sorted(closed) == sorted(f"portal.{path.stem}" for path in entries if path.stem not in ("sdk", "__init__"))


def _lint(code: Path, contract: str) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--contract", contract]
    return subprocess.run(command, cwd=code, capture_output=True, text=True, check=False).stdout
