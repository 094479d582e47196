"""The rules that exist, and for how many days the settings keep what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, delete, func, select, tuple_

from portal.config import Settings
from portal.extensions import db

EXTENSION, SETTINGS = "portal_retention", "PORTAL_SETTINGS"


@dataclass(frozen=True)
class Rule:
    """What is removed after some days, named ``<room>.<things>``.

    ``days``: the number itself, or the name of the setting that says it. ``count`` says how many are older than a
    moment, ``remove`` removes at most so many of them and says how many; both may run at any time, and again.
    ``title``: what it is, as members read it; ``for_members``: whether it may be about them."""

    name: str
    title: Any
    days: str | int
    count: Callable[[datetime], int]
    remove: Callable[[datetime, int], int]
    for_members: bool = True

    @property
    def setting(self) -> str:
        """The name of the setting, "" for a fixed number of days."""
        return f"PORTAL_{self.days.upper()}" if isinstance(self.days, str) else ""


def rows_rule(
    name: str, title: Any, days: str | int, old: dict[type[Any], Callable[[datetime], ColumnElement[bool]]]
) -> Rule:
    """A rule for rows: of each model, those that its function calls older than the given moment."""

    def count(before: datetime) -> int:
        found = (select(func.count()).select_from(model).where(is_old(before)) for model, is_old in old.items())
        return sum(db.session.scalar(one) or 0 for one in found)

    def remove(before: datetime, most: int) -> int:
        removed = 0
        for model, is_old in old.items():
            removed += _remove_rows(model, is_old(before), most - removed) if removed < most else 0
        return removed

    return Rule(name, title, days, count, remove)


def _remove_rows(model: type[Any], is_old: ColumnElement[bool], most: int) -> int:
    keys = list(model.__table__.primary_key.columns)
    chosen = db.session.execute(select(*keys).where(is_old).limit(most)).all()
    if chosen:
        db.session.execute(delete(model).where(tuple_(*keys).in_([tuple(row) for row in chosen])))
    return len(chosen)


def add_rules(app: Flask, rules: Iterable[Rule]) -> None:
    """Have the application keep these rules. Raises ValueError if two have one name."""
    found: dict[str, Rule] = app.extensions.setdefault(EXTENSION, {})
    for rule in rules:
        if rule.name in found:
            raise ValueError(f"the rule {rule.name} is declared twice")
        found[rule.name] = rule


def list_rules() -> list[Rule]:
    """Every rule, in the order in which they were declared."""
    return list(current_app.extensions.get(EXTENSION, {}).values())


def find_rule(name: str) -> Rule | None:
    """The rule of that name, or None."""
    found: Rule | None = current_app.extensions.get(EXTENSION, {}).get(name)
    return found


def days_of(rule: Rule) -> int:
    """How many days its things are kept."""
    return rule.days if isinstance(rule.days, int) else setting_days(rule.days)


def setting_days(name: str) -> int:
    """The value of one of the settings ``keep_…_days``."""
    return getattr(_settings(), name)


def portal_timezone() -> str:
    """The time zone in which a night is a night."""
    return _settings().timezone


def _settings() -> Settings:
    settings: Settings = current_app.config[SETTINGS]
    return settings
