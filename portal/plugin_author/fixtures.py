"""The pytest plugin for authors of plugins: a portal with the plugins that ``portal_plugins`` names in the ini file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal.permissions.actor import Actor, system
from portal.plugin_author.client import PortalClient
from portal.plugin_author.rehearsal import Rehearsal, enter, host_of, on_stage, with_requirements
from portal.plugin_host.lifecycle import Lifecycle


def pytest_addoption(parser: pytest.Parser) -> None:
    """``portal_plugins``: ids of the plugins under test; what they require comes along."""
    parser.addini("portal_plugins", "ids of the portal's plugins under test", type="args", default=[])


class Login:
    """``login(permissions=…)``: a client of a new member who holds these permissions; ``login.actor`` is the last."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._count = 0
        self.actor: Actor | None = None

    def __call__(self, permissions: Iterable[str] = (), name: str = "") -> PortalClient:
        self._count += 1
        number = self._count
        self.actor, client = enter(
            self._app, name or f"Mitglied {number}", f"mitglied{number}@example.org", permissions
        )
        return client


@pytest.fixture(scope="session")
def portal_rehearsal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """The portal's folder, with its schema made and the plugins on; each test gets a copy of the database."""
    plugins = with_requirements(request.config.getini("portal_plugins"))
    return Rehearsal(tmp_path_factory.mktemp("portal"), plugins)


@pytest.fixture(scope="session")
def portal_worker(portal_rehearsal: Rehearsal) -> Flask:
    """The application, made once."""
    app = portal_rehearsal.start()
    with on_stage(app):
        portal_rehearsal.prepare(app)
    portal_rehearsal.keep()
    return app


@pytest.fixture
def portal_app(portal_worker: Flask, portal_rehearsal: Rehearsal) -> Iterator[Flask]:
    """A portal with the plugins under test, on a fresh database, within a context in which the test may write."""
    portal_rehearsal.restore()
    with on_stage(portal_worker):
        yield portal_worker


@pytest.fixture
def client(portal_app: Flask) -> PortalClient:
    """A browser that nobody is logged into; it sends the CSRF token along."""
    return portal_app.test_client()  # type: ignore[return-value]


@pytest.fixture
def login(portal_app: Flask) -> Login:
    """``login(permissions={"polls.manage"})``: a client that a new member with these permissions is logged into."""
    return Login(portal_app)


@pytest.fixture
def toggle(portal_app: Flask) -> Callable[[str, bool], None]:
    """``toggle("polls", False)`` switches a plugin off, as an admin does; True on."""

    def switch(plugin_id: str, on: bool) -> None:
        lifecycle = Lifecycle(host_of(portal_app))
        (lifecycle.enable if on else lifecycle.disable)(system(), plugin_id)

    return switch


@pytest.fixture
def hook_calls(portal_app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each call of a hook since the test began: (plugin, hook)."""
    calls: list[tuple[str, str]] = []
    host = host_of(portal_app)

    def note(call: Callable[..., Any]) -> Callable[..., Any]:
        def noted(plugin: str, hook: str, *rest: Any, **arguments: Any) -> Any:
            calls.append((plugin, hook))
            return call(plugin, hook, *rest, **arguments)

        return noted

    monkeypatch.setattr(host.hooks, "guard", note(host.hooks.guard))
    monkeypatch.setattr(host, "ask_one", note(host.ask_one))
    return calls


@pytest.fixture
def other_worker(portal_app: Flask, portal_rehearsal: Rehearsal) -> Iterator[Flask]:
    """A second application on the same database: what another worker shows within a second of a switch."""
    with on_stage(portal_rehearsal.start()) as app:
        yield app
