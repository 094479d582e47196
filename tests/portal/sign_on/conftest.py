"""A portal with a single sign-on, and its provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.config import Settings
from portal.sign_on.services import provider as providers
from tests.fixtures.client import PortalClient
from tests.portal.sign_on.walking import Walk
from tests.servers.oidc import Provider, run_provider

CHANGED = ("issuer", "client_id", "client_secret", "name", "roles", "groups_claim", "factors")
OTHERS = ("local_login", "break_glass", "require_second_factor")


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Provider]:
    """The provider, for all tests."""
    with run_provider() as provider:
        yield provider


@pytest.fixture
def provider(running_provider: Provider, settings: Settings) -> Iterator[Provider]:
    """The provider, honest and set as the portal's; what a test sets besides is undone."""
    names = [*(f"oidc_{name}" for name in CHANGED), *OTHERS]
    before = {name: getattr(settings, name) for name in names}
    settings.oidc_issuer, settings.oidc_client_id = running_provider.issuer, "portal"
    settings.oidc_client_secret, settings.oidc_name = "secret of the client", "Netz-ID"
    running_provider.forge, running_provider.declares, key = None, {}, running_provider.key
    providers._known.clear()
    yield running_provider
    running_provider.key = key
    for name, value in before.items():
        setattr(settings, name, value)


@pytest.fixture
def walk(app: Flask, provider: Provider) -> Callable[..., Walk]:
    """``walk()``: a browser of its own; ``walk(client)``: one that is logged in."""

    def begin(client: PortalClient | None = None) -> Walk:
        return Walk(client or app.test_client(), provider)  # type: ignore[arg-type]

    return begin
