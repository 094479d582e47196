"""Audiences: the principals that may read a thing. One rule in two forms that a property test holds together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, true

from portal.database import meets, meets_asker
from portal.permissions.actor import Actor

Rule = Callable[[Any], ColumnElement[bool]]


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


def prepared(build: Callable[[Rule], Select[Any]]) -> Callable[..., tuple[Select[Any], dict[str, Any]]]:
    """Build a statement once for all askers instead of on every page, which costs more than running it.

    The decorated function gets :func:`visible_to` as a rule of the audience alone. Called with a member and the
    values of the statement's other parameters, it gives what ``session.scalars(*…)`` wants: statement, parameters."""
    built: dict[bool, Select[Any]] = {}

    @wraps(build)
    def ask(member: Actor, **values: Any) -> tuple[Select[Any], dict[str, Any]]:
        if member.is_system not in built:
            built[member.is_system] = build(_everything if member.is_system else meets_asker)
        return built[member.is_system], values if member.is_system else {**values, "asker": sorted(member.principals)}

    return ask


def _everything(audience: Any) -> ColumnElement[bool]:
    return true()
