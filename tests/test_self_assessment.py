"""docs/security.md says the truth: each requirement of ASVS 5.0.0 has its row, and each test that it names is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# How many requirements of levels 1 and 2 each section has; they are numbered from one.
SECTIONS = {
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
}
SECTIONS |= {"7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4}
WITHOUT_TEST = ("not met", "not tested: absent", "does not apply", "in part")


@cache
def list_tests() -> frozenset[str]:
    """The name of every test."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for source in sources for name in re.findall(r"def (test_\w+)\(", source))


def rows() -> dict[str, str]:
    """The rows of the complete table by number."""
    table = TEXT.partition("## Complete")[2]
    return dict(re.findall(r"^\| (\d+\.\d+\.\d+) (.*)$", table, re.MULTILINE))


def test_every_requirement_has_its_row() -> None:
    wanted = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert rows().keys() == wanted, rows().keys() ^ wanted


def test_every_row_names_a_test_or_says_why_not() -> None:
    bare = {number for number, row in rows().items() if "`test" not in row.rpartition(" | ")[2]}
    assert {number for number in bare if not any(word in rows()[number] for word in WITHOUT_TEST)} == set()


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert named - list_tests() == set()
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", TEXT) if not (ROOT / path).exists()] == []
