from tests.servers.fixtures import (
    browser,
    page,
    playwright,
    postgres_server,
    redis_server,
    s3_server,
    smtp_server,
)

__all__ = ["browser", "page", "playwright", "postgres_server", "redis_server", "s3_server", "smtp_server"]
