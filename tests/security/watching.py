"""Whether anything in the database changed."""

from __future__ import annotations

import hashlib

from sqlalchemy import inspect, text

from portal.database import writing
from portal.extensions import db


def digest_tables() -> dict[str, str]:
    """A digest of the rows of each table; equal digests mean that nothing at all changed."""
    with writing(False), db.engine.connect() as connection:
        return {
            name: _digest([repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))])
            for name in sorted(inspect(connection).get_table_names())
        }


def find_changed(before: dict[str, str]) -> list[str]:
    """The tables that differ from an earlier digest."""
    now = digest_tables()
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _digest(rows: list[str]) -> str:
    return hashlib.blake2b("\n".join(sorted(rows)).encode(), digest_size=16).hexdigest()
