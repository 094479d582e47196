"""Values that no page ever sends, and where they can be put."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from urllib.parse import quote

import pytest
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from tests.security.addresses import FORMS, address_of, find_rule, values_of
from tests.security.expectations import ALL_ROWS, ALLOWED, Row
from tests.security.stage import Stage

ROLES = ("admin", "member")

# Of an address, as bytes: percent signs are made of them.
IN_ADDRESSES: dict[str, bytes] = {
    "a number of 23 digits": b"9" * 23,
    "a number of 5000 digits": b"9" * 5000,
    "a number below nothing": b"-1",
    "a raised two": "²".encode(),
    "wide digits": "１２".encode(),
    "a NUL": b"a\0b",
    "half a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe",
    "an endless text": b"x" * 6000,
    "a key with a raised two": "a~²".encode(),
    "a key with 23 digits": b"a~" + b"9" * 23,
    "a key with a NUL": b"a\0b~1",
    "a moment with 23 digits": b"20230101T000000000000-" + b"9" * 23,
    "a moment that never was": b"00010101T000000000000-1",
    "no number": b"nan",
    "infinity": b"1e999",
    "quotes and wildcards": b"%_'\"\\(*:^~[",
}
IN_FORMS: dict[str, str] = {
    "a number of 23 digits": "9" * 23,
    "a number of 5000 digits": "9" * 5000,
    "a raised two": "²",
    "a NUL": "a\0b",
    "an endless text": "x" * 60_000,
    "lines and controls": "a\r\nBcc: x@y.example\x1b\x7f\u202e",
}
ON_EVERY_PAGE = ("csrf_token", "q", "next", "locale", "theme")
MOMENTS = {"a year that never was": "0001-01-01T00:00", "a year beyond": "99999-12-31T23:59"}


class Noting(ImmutableMultiDict[str, str]):
    """What an address carries, noting which names a view asks for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, type: Any = None) -> list[Any]:
        """The values of one name."""
        self.asked.add(key)
        return super().getlist(key, type) if type else super().getlist(key)


def list_questions(stage: Stage, patch: pytest.MonkeyPatch, role: str) -> list[str]:
    """Every page with each name that it reads of its address, such as ``/members/?after``."""
    found = []
    with patch.context() as noting:
        noting.setattr(stage.app.request_class, "parameter_storage_class", Noting)
        for row in list_places("GET", role):
            Noting.asked.clear()
            stage.visit(row, role)
            path = address_of(stage.app, row, values_of(stage.world, row, role)).partition("?")[0]
            found += [f"{path}?{name}" for name in Noting.asked]
    return sorted(found)


def list_places(method: str, *roles: str) -> list[Row]:
    """One row for each route with this method: the first state in which one of these roles is let in."""
    rows: dict[str, Row] = {}
    for row in ALL_ROWS:
        if row.method == method and ALLOWED & {row.outcomes[role] for role in roles}:
            rows.setdefault(row.endpoint, row)
    return list(rows.values())


def list_fields(stage: Stage, row: Row, values: dict[str, object]) -> dict[str, dict[str, str]]:
    """What to try on a form: each kind of value in every field, those the form needs and those its page offers."""
    methods = find_rule(stage.app, "POST", row.endpoint).methods or set()
    page = stage.visit(row, "admin", "GET", data=None).text if "GET" in methods else ""
    needed = dict.fromkeys(FORMS[row.endpoint](values) if row.endpoint in FORMS else (), "")
    fields = needed | {
        name: tag for name, tag in _name_tags(page).items() if name in needed or name not in ON_EVERY_PAGE
    }
    tried = {kind: dict.fromkeys(fields, value) for kind, value in IN_FORMS.items()}
    dates = [name for name, tag in fields.items() if "date" in tag or name.endswith("_at")]
    return tried | {kind: dict.fromkeys(dates, value) for kind, value in MOMENTS.items() if dates}


def send_together(send: Callable[[dict[str, str]], TestResponse], fields: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Send all fields at once, then without those that the page refuses, until it takes the rest.

    Where it does not say which it refuses, each half is sent alone. Gives each answer's status and the fields sent."""
    answer = send(fields)
    yield answer.status_code, ", ".join(fields)
    if answer.status_code < 400:
        return
    wrong = {name for name, tag in _name_tags(answer.text).items() if 'aria-invalid="true"' in tag}
    accepted = {name: value for name, value in fields.items() if name not in wrong}
    names = list(accepted)
    parts = [names] if len(accepted) < len(fields) else [names[: len(names) // 2], names[len(names) // 2 :]]
    for part in parts:
        if part and len(part) < len(fields):
            yield from send_together(send, {name: accepted[name] for name in part})


def _name_tags(page: str) -> dict[str, str]:
    """The tags of a page that hold something to send, by name."""
    tags = re.findall(r"<(?:input|textarea|select|button)\b[^>]*>", page)
    return {named[1]: tag for tag in tags if (named := re.search(r' name="(\w+)"', tag))}


def hostile_paths(path: str, values: list[str]) -> Iterator[tuple[str, str]]:
    """The path with each of its values in turn made impossible, and what it is then."""
    for value in values:
        for name, hostile in IN_ADDRESSES.items():
            yield name, path.replace(f"/{value}", f"/{quote(hostile)}", 1)
