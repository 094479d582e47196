import pytest

from tests.fixtures.databases import BACKEND
from tests.fixtures.hashing import cheap_hashes
from tests.fixtures.portal import (
    app,
    client,
    database_template,
    login,
    network,
    portal_app,
    settings,
    statements,
)
from tests.servers.fixtures import (
    browser,
    page,
    playwright,
    postgres_server,
    redis_server,
    s3_server,
    smtp_server,
)

__all__ = [
    "app",
    "browser",
    "cheap_hashes",
    "client",
    "database_template",
    "login",
    "network",
    "page",
    "playwright",
    "portal_app",
    "postgres_server",
    "redis_server",
    "s3_server",
    "settings",
    "smtp_server",
    "statements",
]

collect_ignore = ["tutorial_plugin"]  # its tests run in a process of their own
OF_DATABASES = {"database_template", "database_url", "guest_template", "postgres_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what has to do with a database runs: the rest is the same on SQLite, where all of it runs."""
    if BACKEND != "postgres":
        return
    others = [one for one in items if OF_DATABASES.isdisjoint(getattr(one, "fixturenames", ()))]
    items[:] = [one for one in items if not OF_DATABASES.isdisjoint(getattr(one, "fixturenames", ()))]
    config.hook.pytest_deselected(items=others)
