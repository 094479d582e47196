"""Switching plugins: data stays, one wins, failures leave nothing and can be tried again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.audit.models import AuditEntry
from portal.database import unit_of_work, utcnow
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.permissions.actor import Actor, system
from portal.permissions.models import RoleGrant
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginState
from tests.fixtures.foreign import host_of


@pytest.fixture
def lifecycle(guest_app: Flask) -> Lifecycle:
    return Lifecycle(host_of(guest_app))


def state_of(plugin_id: str) -> PluginState:
    db.session.expire_all()
    return db.session.get_one(PluginState, plugin_id)


def count_notes() -> int:
    return db.session.scalar(sa.text("SELECT count(*) FROM notes_note")) or 0


def test_disabling_keeps_data_and_grants(lifecycle: Lifecycle) -> None:
    with unit_of_work():
        db.session.execute(
            sa.text("INSERT INTO notes_note (title, text, audience, changed_at) VALUES ('a', '', '[]', :now)"),
            {"now": "2026-01-01 00:00:00"},
        )
    lifecycle.disable(system(), "notes")
    assert state_of("notes").state == "disabled"
    assert count_notes() == 1
    assert db.session.scalar(sa.select(RoleGrant).where(RoleGrant.permission == "notes.write"))


def test_a_member_without_the_permission_cannot_switch(lifecycle: Lifecycle) -> None:
    with pytest.raises(Forbidden):
        lifecycle.disable(Actor(id=1), "notes")
    assert state_of("notes").state == "enabled"


def test_switching_is_audited(lifecycle: Lifecycle) -> None:
    lifecycle.disable(system(), "notes")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry and (entry.action, entry.subject_id) == ("plugin.disabled", "notes")


def test_enabling_twice_is_a_conflict(lifecycle: Lifecycle) -> None:
    with pytest.raises(Conflict):
        lifecycle.enable(system(), "notes")


def test_of_four_at_once_one_wins(guest_app: Flask, lifecycle: Lifecycle) -> None:
    lifecycle.disable(system(), "notes")
    db.session.remove()

    def enable(_number: int) -> str:
        with guest_app.app_context():
            try:
                Lifecycle(host_of(guest_app)).enable(system(), "notes")
            except Conflict:
                return "busy"
            return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(enable, range(4))) == ["busy", "busy", "busy", "done"]


def test_a_stale_lease_becomes_a_failure_that_can_be_tried_again(lifecycle: Lifecycle) -> None:
    with unit_of_work():
        row = state_of("notes")
        row.state, row.lease_until = "enabling", utcnow() - timedelta(seconds=1)
    lifecycle.scan()
    assert (state_of("notes").state, state_of("notes").reason) == ("failed", "interrupted in enabling")
    lifecycle.enable(system(), "notes")
    assert state_of("notes").state == "enabled"


@pytest.fixture
def broken_migration(guest_app: Flask) -> Iterator[Path]:
    lineage = host_of(guest_app).lineage("notes")
    assert lineage is not None
    path = lineage.folder / "0002_broken.py"
    path.write_text(
        'revision = "0002"\ndown_revision = "0001"\nbranch_labels = depends_on = None\n'
        "from alembic import op\nimport sqlalchemy as sa\n"
        'def upgrade():\n    op.create_table("notes_half", sa.Column("id", sa.Integer))\n'
        '    raise RuntimeError("power")\n'
        "def downgrade():\n    pass\n"
    )
    vars(lineage).pop("head", None)
    yield path
    path.unlink()
    vars(lineage).pop("head", None)


def test_a_failed_migration_leaves_nothing(lifecycle: Lifecycle, broken_migration: Path) -> None:
    lifecycle.disable(system(), "notes")
    with pytest.raises(Invalid):
        lifecycle.enable(system(), "notes")
    assert state_of("notes").state == "failed" and "power" in state_of("notes").reason
    assert "notes_half" not in sa.inspect(db.session.connection()).get_table_names()


def test_schema_behind_the_code_answers_503(guest_app: Flask, lifecycle: Lifecycle, broken_migration: Path) -> None:
    host_of(guest_app).sync(force=True)
    answer = guest_app.test_client().get("/notes/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
