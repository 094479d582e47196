"""Whatever the code records has a sentence, and no sentence waits for something that nobody records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.admin.sentences import ACTIONS, VERBS, find_template
from portal.login.services.links import LIFETIMES

ROOT = Path(__file__).resolve().parents[3]
# Actions that are put together, or handed on, with the values that they take
BUILT = {
    "f'{purpose}.redeemed'": [f"{purpose}.redeemed" for purpose in LIFETIMES],
    "f'access.{outcome}'": ["access.approved", "access.refused"],
    "f'events.{state}'": ["events.published", "events.draft"],
    "f'events.participation_{verb}'": [f"events.participation_{verb}" for verb in ("added", "updated", "removed")],
    "f'initiatives.profile_{state}'": ["initiatives.profile_published", "initiatives.profile_draft"],
    "f'plugin.{lease.action.done}'": [
        f"plugin.{done}" for done in ("enabled", "disabled", "upgraded", "installed", "purged")
    ],
}


def find_actions() -> Iterator[str]:
    """The second argument of every ``record(…)``, as it is written: a text in quotes, or what makes it."""
    for folder in ("portal", "plugins"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                    yield ast.unparse(node.args[1])


WRITTEN = sorted(set(find_actions()))
RECORDED = sorted({action for one in WRITTEN for action in BUILT.get(one, [one.strip("'")])})


@pytest.mark.parametrize("action", RECORDED)
def test_what_is_recorded_has_a_sentence(action: str) -> None:
    assert find_template(action) is not None


def test_what_is_put_together_is_known() -> None:
    assert {one for one in WRITTEN if not one.startswith("'")} == set(BUILT)


def test_no_sentence_is_unused() -> None:
    assert set(ACTIONS) <= set(RECORDED)
    templates = [find_template(action) for action in RECORDED]
    assert [verb for verb, (_, template) in VERBS.items() if template not in templates] == []
