"""What outsiders rely on is documented: hooks with their arguments, settings, commands."""

import inspect
from importlib import import_module
from pathlib import Path

import click
import pytest

from portal.cli.main import COMMANDS
from portal.config import PREFIX, Settings
from portal.plugin_host import hookspecs
from tests.fixtures.bundled import BUNDLED

DOCS = Path(__file__).resolve().parent.parent / "docs"
HOOKS = sorted(name for name in vars(hookspecs) if name.startswith("portal_"))


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_documented_with_its_arguments(name: str) -> None:
    signature = str(inspect.signature(getattr(hookspecs, name))).replace("'", "")
    assert f"`{name}{signature}`" in (DOCS / "plugins.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_used_by_a_bundled_plugin(name: str) -> None:
    plugins = [import_module(f"plugins.{plugin_id}.plugin") for plugin_id in BUNDLED]
    assert any(hasattr(plugin, name) for plugin in plugins)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_documented(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in (DOCS / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_command_is_documented(command: click.Command) -> None:
    assert f"`portal {command.name}" in (DOCS / "operations.md").read_text(encoding="utf-8")
