"""The filters of the search page in words: what can be chosen, how often it occurs, what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.search.index import FACETS
from plugins.search.services.searching import Results
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.network import LAENDER

TITLES: Mapping[str, Any] = {
    "topic": _l("Topic"),
    "land": _l("Land"),
    "organisation": _l("Organisation"),
    "year": _l("Year"),
}


@dataclass(frozen=True)
class Choice:
    """A value of a filter; `label` names it and says how many hits it has, where that is known."""

    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A facet with its values; `chosen` names the one that hits are narrowed to, or is empty."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    chosen: str


def list_filters(found: Results) -> list[Filter]:
    """Filters that have something to choose, years latest first, all else by the alphabet."""
    filters = [_make_filter(name, found) for name in FACETS]
    return [one for one in filters if one.chosen or len(one.choices) > 1]


def _make_filter(name: str, found: Results) -> Filter:
    tally, chosen = found.facets.get(name), found.chosen.get(name, "")
    numbers = dict(tally.numbers) if tally else {}
    if chosen:
        numbers.setdefault(chosen, 0)
    values = sorted(numbers, key=lambda value: _name_value(name, value).casefold(), reverse=name == "year")
    is_exact = tally is not None and tally.is_exact
    choices = tuple(Choice(value, _label(name, value, numbers[value] if is_exact else None)) for value in values)
    return Filter(name, str(TITLES[name]), choices, _name_value(name, chosen) if chosen else "")


def _label(name: str, value: str, number: int | None) -> str:
    title = _name_value(name, value)
    return title if number is None else _("%(name)s (%(number)s)", name=title, number=number)


def _name_value(name: str, value: str) -> str:
    return str(LAENDER.get(value, value)) if name == "land" else value
