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
