"""Permissions are declared by the room or plugin that owns them, with a title and an explanation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Permission:
    """``name`` is ``<room>.<verb>``; ``title`` (lazy-translated) is for admins; ``default_roles`` hold it at first.

    ``explanation``: one plain sentence of what it lets somebody do. ``for_editors``: one of what editors of an
    organisation may do there without it; "" if only a role gives it."""

    name: str
    title: Any
    default_roles: tuple[str, ...] = ()
    explanation: Any = ""
    for_editors: Any = ""

    @property
    def owner(self) -> str:
        """The room or plugin that declares it."""
        return self.name.split(".", 1)[0]


class PermissionRegistry:
    """All permissions that this process knows, of the core and of loaded plugins, by name."""

    def __init__(self) -> None:
        self._by_name: dict[str, Permission] = {}

    def add(self, permissions: Iterable[Permission]) -> None:
        """Declare permissions. Raises ValueError if one is declared twice."""
        for permission in permissions:
            if permission.name in self._by_name:
                raise ValueError(f"permission {permission.name} is declared twice")
            self._by_name[permission.name] = permission

    def all(self) -> list[Permission]:
        """Every declared permission, ordered by name."""
        return [self._by_name[name] for name in sorted(self._by_name)]

    def names(self) -> frozenset[str]:
        """The names of all declared permissions."""
        return frozenset(self._by_name)
