"""Every page of the portal as every role gets it, fetched once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import Headers

from tests.security.canaries import ROLES
from tests.security.expectations import Row
from tests.security.markup import Markup, read_markup
from tests.security.stage import Stage, outcome_of


@dataclass(frozen=True)
class Visit:
    """One answer to one role."""

    row: Row
    role: str
    address: str
    status: int
    outcome: str
    headers: Headers
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @cached_property
    def markup(self) -> Markup:
        """The body as a browser reads it."""
        return read_markup(self.text)

    def __str__(self) -> str:
        return f"{self.row} as {self.role}"


def crawl(stage: Stage, rows: Iterable[Row], roles: Iterable[str] = ROLES) -> Iterator[Visit]:
    """Ask for every GET row as each role."""
    for row in rows:
        for role in roles if row.method == "GET" else ():
            answer = stage.visit(row, role)
            found = (answer.status_code, outcome_of(answer), answer.headers, answer.get_data())
            yield Visit(row, role, answer.request.path, *found)
