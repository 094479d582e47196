"""The contract finds what a careless author does."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from portal.permissions.actor import Actor
from portal.plugin_author.contract import find_breaches
from portal.plugin_author.scaffold import create_distribution
from tests.fixtures.offering import offered

# What is wrong in which file: replaced words and what stands there instead.
FAULTS = (
    ("plugin.py", '"careless.entry_list", icon', '"careless.entry_lst", icon'),
    ("plugin.py", "manifest = Plugin(", "import sqlite3\nsqlite3.connect(':memory:').close()\n\nmanifest = Plugin("),
    ("plugin.py", "@hookimpl\ndef portal_member_erased", "def portal_member_erased"),
    ("plugin.py", "@hookimpl\ndef portal_cards", "def portal_cads(): ...\n\n\n@hookimpl\ndef portal_cards"),
    ("views.py", "@access(MEMBER)\ndef entry_show", '@access("careless.show")\ndef entry_show'),
    ("views.py", 'if newest else ""', "if newest else 5"),
    ("views.py", "blueprint = ", "import portal.web.formats\nportal.web.formats.careless = 1\nblueprint = "),
    ("models.py", "String(120)", "String(140)"),
    ("migrations/0001_first_version.py", 'op.drop_table("careless_entry")', 'op.execute("SELECT 1")'),
    ("services/queries.py", "Entry.id.in_(numbers), visible_to(Entry.audience, member)", "Entry.id.in_(numbers)"),
    ("services/entries.py", "text=text, audience", "text=f'{text} {member.name}', audience"),
    ("translations/de/LC_MESSAGES/careless.po", '"Einträge schreiben"', '""'),
)
FOUND = (
    "leads to careless.entry_lst, which does not exist",
    "importing it opens sqlite3.connect",
    "portal_member_erased is not marked with @hookimpl",
    "there is no hook portal_cads",
    "asks for the permission careless.show, which nobody declares",
    "the card newest gives int, not HTML",
    "importing it changes portal.web.formats.careless",
    "models and migrations differ",
    "after taking all migrations back there still is careless_entry",
    "portal_search_readable says careless.entry 1 is readable",
    "careless_entry.text still names them",
    "de: not translated: 'Write entries'",
    "the template stray.html lies outside",
)


@pytest.fixture
def careless(tmp_path: Path) -> Iterator[None]:
    folder = create_distribution("careless", "Leichtsinn", tmp_path)
    for name, right, wrong in FAULTS:
        path = folder / "portal_careless" / name
        assert right in path.read_text()
        path.write_text(path.read_text().replace(right, wrong))
    (folder / "portal_careless" / "templates" / "stray.html").write_text("")
    with offered(folder, "careless", "portal_careless.plugin"):
        yield


def write_entry(member: Actor) -> None:
    import_module("portal_careless.services.entries").create_entry(member, "Erster", "Text")


def test_every_fault_is_named(careless: None) -> None:
    breaches = find_breaches("careless", write_entry)
    assert [words for words in FOUND if not any(words in breach for breach in breaches)] == [], breaches


def test_a_plugin_that_is_not_there_is_said_to_be_missing() -> None:
    assert "no installed distribution offers" in find_breaches("nowhere")[0]
