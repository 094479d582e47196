"""Switching plugins: data stays, one wins, failures leave nothing and can be tried again."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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
from portal.plugin_host import leases
from portal.plugin_host import lifecycle as switching
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


def test_installing_shows_nothing_and_asks_for_no_more(lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "DRAIN", timedelta(0))
    lifecycle.disable(system(), "notes")
    lifecycle.purge(system(), "notes", "notes")
    lifecycle.install(system(), "notes")
    assert (state_of("notes").state, count_notes()) == ("installed", 0)
    assert not lifecycle.host.is_effective("notes")


def test_the_plugin_is_told_of_its_life(lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "DRAIN", timedelta(0))
    told = sys.modules["portal_notes.plugin"].told
    told.clear()
    lifecycle.upgrade(system(), "notes")
    lifecycle.disable(system(), "notes")
    lifecycle.purge(system(), "notes", "notes")
    lifecycle.enable(system(), "notes")
    assert [what for what, _ in told] == ["upgraded", "disabled", "purging", "installed"]


def test_a_plugin_can_refuse_and_stays_as_it_was(lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch) -> None:
    lifecycle.disable(system(), "notes")
    monkeypatch.setattr(sys.modules["portal_notes.plugin"], "reasons", ["kein Drucker"])
    with pytest.raises(Invalid, match="refuses") as refused:
        lifecycle.enable(system(), "notes")
    assert "kein Drucker" in refused.value.details["reason"]
    assert (state_of("notes").state, state_of("notes").lease_until) == ("disabled", None)


def test_an_upgrade_that_fails_answers_503_until_it_succeeds(
    guest_app: Flask, lifecycle: Lifecycle, broken_migration: Path
) -> None:
    with pytest.raises(Invalid):
        lifecycle.upgrade(system(), "notes")
    assert (state_of("notes").state, state_of("notes").before) == ("failed", "enabled")
    assert guest_app.test_client().get("/notes/").status_code == 503
    broken_migration.write_text(broken_migration.read_text().replace('raise RuntimeError("power")', "pass"))
    lifecycle.retry(system(), "notes")
    assert state_of("notes").state == "enabled" and lifecycle.host.is_effective("notes")


@pytest.fixture
def needing(lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notes need the initiatives."""
    plugin = lifecycle.host.plugins["notes"]
    monkeypatch.setattr(plugin, "manifest", replace(plugin.manifest, requires={"initiatives": ">=0"}))  # type: ignore[type-var]


def test_what_needs_another_is_switched_with_it_in_one_step(lifecycle: Lifecycle, needing: None) -> None:
    with pytest.raises(Invalid, match="need this one"):
        lifecycle.disable(system(), "initiatives")
    assert lifecycle.disable(system(), "initiatives", together=True) == ["notes", "initiatives"]
    with pytest.raises(Invalid, match="needs others"):
        lifecycle.enable(system(), "notes")
    assert lifecycle.enable(system(), "notes", together=True) == ["initiatives", "notes"]


def test_a_version_that_does_not_fit_is_said(lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = lifecycle.host.plugins["notes"]
    lifecycle.disable(system(), "notes")
    monkeypatch.setattr(plugin, "manifest", replace(plugin.manifest, requires={"events": ">=99"}))  # type: ignore[type-var]
    with pytest.raises(Invalid) as refused:
        lifecycle.enable(system(), "notes", together=True)
    assert (refused.value.details["name"], refused.value.details["wanted"]) == ("events", ">=99")


def test_who_lost_the_lease_changes_nothing_more(lifecycle: Lifecycle) -> None:
    lifecycle.disable(system(), "notes")
    lease = leases.take("notes", leases.ENABLE, "here:1")
    with unit_of_work():
        state_of("notes").lease_owner = "somebody else"
    with pytest.raises(Conflict):
        lease.note("migrate")
    assert state_of("notes").lease_owner == "somebody else"
