"""What changed between two snapshots, word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from portal.revisions.services.texts import tidy_text

Kind = Literal["same", "added", "removed"]
_WORDS = re.compile(r"\s+|[^\s]+")
LONGEST_WORDS = 4000


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both, or only in one."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, with both values as text and the pieces between them."""

    name: str
    before: str
    after: str
    pieces: list[Piece]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The fields that differ, in the order of ``after``."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = [(name, as_text(before.get(name)), as_text(after.get(name))) for name in names]
    return [FieldChange(name, old, new, compare_words(old, new)) for name, old, new in pairs if old != new]


def as_text(value: Any) -> str:
    """A snapshot's value as readers compare it: lists a line each, nothing as an empty text, texts tidy."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(as_text(part) for part in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {as_text(part)}" for key, part in value.items())
    return tidy_text(str(value))


def compare_words(before: str, after: str) -> list[Piece]:
    """Runs of equal, removed and added words; very long texts are compared line by line to stay quick."""
    old, new = _split(before), _split(after)
    pieces: list[Piece] = []
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return pieces


def _split(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= LONGEST_WORDS else text.splitlines(keepends=True)
