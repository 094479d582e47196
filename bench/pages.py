"""What one page is: its size, and the SQL statements it takes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask
from sqlalchemy import event

from bench.loading import Target
from bench.servers import Plan
from portal.application import create_app
from portal.config import load_settings
from portal.extensions import db


@dataclass(frozen=True)
class Size:
    """Bytes of the page, and of what is transferred."""

    html: int
    compressed: int


def size_of(target: Target) -> Size:
    """The page as it comes, and compressed: by the server where it does so, else by gzip."""
    html = urlopen(Request(target.url, headers=target.headers)).read()
    asked = Request(target.url, headers={**target.headers, "Accept-Encoding": "br, gzip"})
    with urlopen(asked) as answer:
        sent = answer.read()
        encoded = answer.headers.get("Content-Encoding")
    return Size(len(html), len(sent) if encoded else len(gzip.compress(sent)))


def count_statements(plan: Plan, cookie: str, paths: list[str]) -> dict[str, int]:
    """SQL statements for each of the portal's pages when it is asked the second time."""
    settings = load_settings(
        data_dir=Path(plan.environment["PORTAL_DATA_DIR"]),
        database_url=plan.environment.get("PORTAL_DATABASE_URL", ""),
        base_url=plan.url,
        log_level="ERROR",
    )
    app = create_app(settings)
    return {path: _count(app, cookie, path) for path in paths}


def _count(app: Flask, cookie: str, path: str) -> int:
    client = app.test_client(use_cookies=False)
    for _ in range(2):
        with _noted(app) as sent:
            answer = client.get(path, headers={"Cookie": cookie})
    assert answer.status_code == 200, f"{path}: {answer.status}"
    return len(sent)


@contextmanager
def _noted(app: Flask) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
