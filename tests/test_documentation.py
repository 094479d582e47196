"""What outsiders rely on is documented: hooks with their arguments, settings, commands."""

import inspect
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import pytest

from portal.cli.main import COMMANDS
from portal.config import PREFIX, Settings
from portal.plugin_host import hookspecs
from scripts import plugin_docs
from tests.fixtures.bundled import BUNDLED
from tests.portal.sdk import hook_examples

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOREIGN = Path(__file__).resolve().parent / "example_plugin" / "portal_notes" / "plugin.py"
HOOKS = sorted(name for name in vars(hookspecs) if name.startswith("portal_"))


def test_the_pages_for_plugin_authors_are_as_the_code_says() -> None:
    assert plugin_docs.list_stale() == [], "run scripts/plugin_docs.py write"


@pytest.mark.parametrize("name", HOOKS)
def test_hook_has_an_example_that_fits(name: str) -> None:
    known = inspect.signature(getattr(hookspecs, name)).parameters
    assert set(inspect.signature(getattr(hook_examples, name)).parameters) <= set(known)


@pytest.mark.parametrize("module", list(plugin_docs.modules()), ids=lambda module: module.__name__)
def test_every_name_of_the_sdk_is_explained(module: ModuleType) -> None:
    entries = {name: plugin_docs.entry_of(module, name).split("\n\n", 1)[1].strip() for name in module.__all__}
    assert [name for name, text in entries.items() if not text] == []


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_used_by_a_plugin_that_the_tests_run(name: str) -> None:
    plugins = [import_module(f"plugins.{plugin_id}.plugin") for plugin_id in BUNDLED]
    assert any(hasattr(plugin, name) for plugin in plugins) or f"def {name}(" in FOREIGN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_documented(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in (DOCS / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_command_is_documented(command: click.Command) -> None:
    assert f"`portal {command.name}" in (DOCS / "operations.md").read_text(encoding="utf-8")
