"""Every plugin keeps the contract, bundled or foreign."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from portal.permissions.actor import Actor
from portal.sdk.testing import assert_plugin_contract
from tests.fixtures.bundled import BUNDLED
from tests.fixtures.databases import BACKEND, templates_of

Fill = Callable[[Actor], object]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database; none on SQLite, where the contract makes its own."""
    return templates_of(request, "contract", tmp_path).url if BACKEND == "postgres" else ""


def write_note(member: Actor) -> None:
    import_module("portal_notes.services.notes").create_note(member, "Erste Notiz", "Text")


@pytest.mark.parametrize("plugin_id", BUNDLED)
def test_a_bundled_plugin_keeps_the_contract(plugin_id: str, database_url: str) -> None:
    assert_plugin_contract(plugin_id, database_url=database_url)


def test_a_foreign_plugin_keeps_the_contract(foreign_distribution: Path, database_url: str) -> None:
    assert_plugin_contract("notes", write_note, database_url)
