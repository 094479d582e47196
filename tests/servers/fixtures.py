"""The servers as fixtures: each starts when the first test asks for it and serves all tests of a worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.servers.browser import launch_chromium
from tests.servers.postgres import PostgresServer, run_postgres
from tests.servers.redis import RedisServer, run_redis
from tests.servers.s3 import CREDENTIALS, S3Server, run_s3
from tests.servers.smtp import Mailbox, run_smtp


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis server."""
    with run_redis() as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """An S3 server, with credentials for it in the environment."""
    with run_s3() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        yield server


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[Mailbox]:
    """An SMTP server that keeps what it is sent."""
    with run_smtp() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of all browsers: a process can have only one."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium."""
    chromium = launch_chromium(playwright)
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = browser.new_context(locale="de-DE")
    yield context.new_page()
    context.close()
