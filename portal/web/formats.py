"""Filters of the templates: dates, times, sizes, Markdown."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, to_user_timezone

from portal.web.markdown import render_markdown
from portal.web.redirects import local_target

UNITS = ("B", "kB", "MB", "GB")
FOLLOWED = ("https://", "http://")
REGIONS = {"en": Locale("en", "GB")}  # the network is in Europe: 5 September 2023, 14:03
_TITLES = re.compile(r"^(?:(?:Prof|Dr|Dipl|Mag)\.(?:-?\w+\.)*[ -]?)+")
_LEGAL_FORM = re.compile(r"\s(?:e\. ?V\.|gGmbH|GmbH|mbH|AG|SE|KG|UG|eG)$")


def filesize(size: int) -> str:
    """A size in bytes as a reader says it: 1,4 MB."""
    value, unit = float(size), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = "0.#" if unit else "0"
    return f"{format_decimal(value, digits, locale=_region())} {UNITS[unit]}"


def day(value: date | datetime | None, style: str = "long") -> str:
    """A day, in the reader's language: 5. September 2023."""
    if isinstance(value, datetime):
        value = to_user_timezone(value)
    return format_date(value, style, locale=_region()) if value else ""


def moment(value: datetime | None, style: str = "medium") -> str:
    """A moment, in the portal's time zone: 05.09.2023, 14:03."""
    return f"{day(value, style)}, {clock(value)}" if value else ""


def clock(value: datetime | None) -> str:
    """A time of day: 14:03."""
    return format_time(to_user_timezone(value), "short", locale=_region()) if value else ""


def _region() -> Locale:
    locale = get_locale() or Locale("de")
    return REGIONS.get(str(locale), locale)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name as it is shown, without legal form and titles."""
    bare = _TITLES.sub("", _LEGAL_FORM.sub("", name))
    words = [word for word in bare.split() if word[0].isalnum()] or name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def web_address(address: str) -> str:
    """``address`` if a link may lead there: to the web or to a page of the portal, never to a script; else ""."""
    return address if address.lower().startswith(FOLLOWED) else local_target(address, "")


def configure_formats(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        date=day,
        datetime=moment,
        time=clock,
        filesize=filesize,
        initials=initials,
        markdown=render_markdown,
        web_address=web_address,
    )
