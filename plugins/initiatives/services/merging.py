"""What becomes of a profile that two people edited at once: what only one of them touched merges by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.initiatives.services.content import tidied


@dataclass(frozen=True)
class Merge:
    """``values`` of all fields, with my text where both changed a field; ``clashes`` names those fields."""

    values: dict[str, Any]
    clashes: list[str]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Join my values and theirs, which both grew from ``base``; no change of either side is lost unseen.

    All three are compared and joined as :func:`tidied`, so a field counts as changed only where somebody wrote."""
    base, mine, theirs = tidied(base), tidied(mine), tidied(theirs)
    values: dict[str, Any] = {}
    clashes: list[str] = []
    for name in mine:
        if mine[name] == base.get(name):
            values[name] = theirs[name]
            continue
        values[name] = mine[name]
        if theirs[name] not in (base.get(name), mine[name]):
            clashes.append(name)
    return Merge(values, clashes)
