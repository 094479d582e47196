"""Audiences: the principals that may read a thing. One rule in two forms that a property test holds together."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import ColumnElement, true

from portal.database import meets
from portal.permissions.actor import Actor


class Protected(Protocol):
    """A row with an audience."""

    @property
    def audience(self) -> Any:
        """The principals that may read the row."""
        ...


def can_read(member: Actor, thing: Protected) -> bool:
    """The function form: whether the member carries one of the principals that ``thing`` names."""
    return member.is_system or not member.principals.isdisjoint(thing.audience)


def visible_to(audience: Any, member: Actor) -> ColumnElement[bool]:
    """The query form, for ``where``: rows whose ``audience`` column names a principal that the member carries."""
    return true() if member.is_system else meets(audience, member.principals)
