"""What rooms of the core keep of a plugin's things, counted and deleted when the plugin is purged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.permissions.actor import Actor


@dataclass(frozen=True)
class Remains:
    """One kind of things; ``count(plugin_id)`` and ``delete(member, plugin_id)`` give how many."""

    title: Any
    count: Callable[[str], int]
    delete: Callable[[Actor, str], int]


REMAINS: list[Remains] = []  # filled by portal.rooms
