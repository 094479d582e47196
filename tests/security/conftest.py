"""The world that could leak, and every page of it as every role gets it; both made once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from plugins.search import jobs
from plugins.search.null_index import NullIndex
from portal.config import Settings
from portal.database.work import writing
from portal.extensions import db
from tests.fixtures.portal import Templates
from tests.security.crawling import Visit, crawl
from tests.security.expectations import ALL_ROWS
from tests.security.stage import Stage
from tests.security.watching import digest_tables, find_changed
from tests.security.world import World, build_world


@contextmanager
def _open(stage: Stage, template: str) -> Iterator[Stage]:
    """The stage within an application context, without an index to keep up: pages of the search have tests apart."""
    with pytest.MonkeyPatch.context() as patch, stage.app.app_context(), writing():
        patch.setattr(jobs, "find_index", NullIndex)
        stage.reset(template)
        yield stage
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def built_stage(portal_app: Flask, database_template: Templates, settings: Settings) -> Stage:
    """The world, written once."""
    stage = Stage(portal_app, database_template, World(), Path(settings.storage.removeprefix("file:")))
    with _open(stage, "small"):
        stage.world = build_world()
        stage.save()
    return stage


@pytest.fixture
def stage(built_stage: Stage) -> Iterator[Stage]:
    """The portal with a fresh copy of the world."""
    with _open(built_stage, "secured"):
        yield built_stage


@pytest.fixture(scope="session")
def crawled(built_stage: Stage) -> tuple[list[Visit], list[str]]:
    """Every GET row as every role, and the tables that changed meanwhile."""
    with _open(built_stage, "secured"):
        before = digest_tables()
        found = list(crawl(built_stage, ALL_ROWS))
        return found, find_changed(before)


@pytest.fixture(scope="session")
def visits(crawled: tuple[list[Visit], list[str]]) -> list[Visit]:
    """Every GET row as every role."""
    return crawled[0]
