"""Connections keep what they acknowledge, and reads don't write."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.database import unit_of_work, writing
from portal.database.engine import UnsafeConnection, prepare_engine
from portal.extensions import db
from portal.topics.models import Topic


def test_sqlite_connections_are_safe(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        assert db.session.scalar(sa.text("SHOW jit")) == "off"
        return
    found = [db.session.scalar(sa.text(f"PRAGMA {name}")) for name in ("synchronous", "foreign_keys", "journal_mode")]
    assert found == [2, 1, "wal"]


def test_a_connection_that_stays_unsafe_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = sa.create_engine("sqlite://")
    monkeypatch.setattr("portal.database.engine.SAFE_SYNCHRONOUS", 3)
    prepare_engine(engine)
    with pytest.raises(UnsafeConnection):
        engine.connect()


def test_a_flush_in_a_plain_read_raises(app: Flask) -> None:
    with writing(False), pytest.raises(RuntimeError, match="plain read"):
        db.session.add(Topic(slug="x", title="x"))
        db.session.flush()


def test_a_failed_unit_of_work_leaves_nothing_and_tells_nobody(app: Flask) -> None:
    told: list[str] = []
    with pytest.raises(ZeroDivisionError), unit_of_work():
        db.session.add(Topic(slug="x", title="x"))
        from_work(told)
        _ = 1 / 0
    assert db.session.scalar(sa.select(sa.func.count(Topic.id)).where(Topic.slug == "x")) == 0
    assert told == []


def test_what_waits_runs_after_the_commit(app: Flask) -> None:
    told: list[str] = []
    with unit_of_work():
        from_work(told)
        assert told == []
    assert told == ["committed"]


def from_work(told: list[str]) -> None:
    from_commit = told.append
    db.session.info.setdefault("after_commit", []).append(lambda: from_commit("committed"))
