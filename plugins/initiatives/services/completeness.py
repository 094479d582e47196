"""How complete a profile is, and what to add first."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.initiatives.models import Profile

# What helps others most stands first: it is asked for first.
WANTED = (
    *("summary", "claim", "topics", "offers", "needs", "text"),
    *("mailbox", "website", "target_groups", "goals", "projects", "sectors"),
)


@dataclass(frozen=True)
class Completeness:
    """``percent`` of the wanted fields that are filled, and the names of the others in the order of their use."""

    percent: int
    missing: list[str]


def measure_completeness(profile: Profile) -> Completeness:
    """How many of the wanted fields are filled."""
    missing = [name for name in WANTED if not getattr(profile, name)]
    return Completeness(round(100 * (len(WANTED) - len(missing)) / len(WANTED)), missing)
