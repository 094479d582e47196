from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from portal.permissions.actor import system
from portal.plugin_author.rehearsal import Rehearsal, host_of, on_stage
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.upgrading import upgrade_all
from tests.broken_plugins.samples import write_samples
from tests.fixtures.databases import BACKEND, templates_of
from tests.fixtures.offering import offered


@pytest.fixture(scope="module")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database on PostgreSQL; none on SQLite, where the portal makes its own."""
    return templates_of(request, "broken", tmp_path_factory.mktemp("data")).url if BACKEND == "postgres" else ""


@pytest.fixture(scope="module")
def portal_with_broken(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Flask]:
    """A portal with every broken plugin, and one of the ids offered twice; only the grumpy one is on."""
    folder: Path = tmp_path_factory.mktemp("broken")
    with ExitStack() as stack:
        places = write_samples(folder / "packages")  # not in the data folder, of which purging takes a part
        for name, place in places.items():
            stack.enter_context(offered(place, name, f"portal_{name}.plugin"))
        for copy in ("first", "second"):
            stack.enter_context(offered(folder / copy, "twice", "portal_grumpy.plugin", f"portal-twice-{copy}"))
        app = Rehearsal(folder, (*places, "twice"), database_url).start()
        with on_stage(app):
            list(upgrade_all(host_of(app)))
            Lifecycle(host_of(app)).enable(system(), "grumpy")
        yield app


@pytest.fixture
def broken(portal_with_broken: Flask) -> Iterator[Flask]:
    """That portal, within a context in which the test may write."""
    with on_stage(portal_with_broken) as app:
        host_of(app).hooks.breaker.__init__()  # type: ignore[misc]
        yield app
