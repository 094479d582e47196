"""What to do when the database refuses, in one line instead of a traceback."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError

# What SQLite and PostgreSQL say where a table or column is not there.
SCHEMA_WORDS = ("no such table", "no such column", "relation ", "column ")


def trouble_of(error: DBAPIError | psycopg.Error) -> str:
    """What the database said, and what helps where its schema is missing or old."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    if said.startswith(SCHEMA_WORDS):
        return f"the database's schema is missing or old, run “portal upgrade” first ({said})"
    return f"the database refuses: {said}"
