"""Purging: everything of the plugin goes, with its package or without, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.errors import Conflict, Invalid
from portal.extensions import db
from portal.files.models import Attachment
from portal.permissions.actor import system
from portal.permissions.models import RoleGrant
from portal.plugin_host import lifecycle as switching
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginSetting, PluginState
from portal.plugin_host.settings import change_settings
from portal.revisions.models import Revision
from tests.fixtures.foreign import host_of


@pytest.fixture
def lifecycle(guest_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Lifecycle:
    monkeypatch.setattr(switching, "DRAIN", switching.timedelta(0))
    return Lifecycle(host_of(guest_app))


@pytest.fixture
def filled(guest_app: Flask, lifecycle: Lifecycle) -> Iterator[None]:
    """A setting, a file and a version of the plugin, and a file of another one."""
    file = {"kind": "document", "subject_id": 1, "title": "x", "file_name": "x.txt", "media_type": "text/plain"}
    file |= {"size": 1, "sha256": "0" * 64, "audience": ["member"]}
    with unit_of_work():
        change_settings(system(), lifecycle.host, "notes", {"greeting": "Moin"}, None)
        for owner in ("notes", "events"):
            one = Attachment(**file, subject_type=f"{owner}.thing", owner_plugin=owner, storage_key=f"key-{owner}")
            db.session.add_all([one, Revision(subject_type=f"{owner}.thing", subject_id=1, number=1, data={})])
    lifecycle.disable(system(), "notes")
    yield


def tables() -> list[str]:
    db.session.rollback()
    return [one for one in sa.inspect(db.engine).get_table_names() if "notes" in one]


def state_of(plugin_id: str) -> PluginState:
    db.session.expire_all()
    return db.session.get_one(PluginState, plugin_id)


def kept_of(owner: str) -> list[int]:
    counted = (
        sa.select(sa.func.count()).where(PluginSetting.id == owner),
        sa.select(sa.func.count()).where(RoleGrant.permission.startswith(f"{owner}.")),
        sa.select(sa.func.count()).where(Attachment.owner_plugin == owner),
        sa.select(sa.func.count()).where(Revision.subject_type.startswith(f"{owner}.")),
    )
    return [db.session.scalar(one) or 0 for one in counted]


def test_purging_leaves_nothing_but_history(lifecycle: Lifecycle, filled: None) -> None:
    lifecycle.purge(system(), "notes", "notes")
    assert (tables(), kept_of("notes"), state_of("notes").state) == ([], [0, 0, 0, 0], "purged")
    assert kept_of("events")[1:] == [kept_of("events")[1], 1, 1]
    assert db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "plugin.purged"))


def test_it_can_be_installed_anew(lifecycle: Lifecycle, filled: None) -> None:
    lifecycle.purge(system(), "notes", "notes")
    lifecycle.enable(system(), "notes")
    assert tables() == ["alembic_version_notes", "notes_note"]
    assert kept_of("notes")[0] == 0 and kept_of("notes")[1] > 0


def test_purging_needs_the_id_and_a_plugin_that_is_off(lifecycle: Lifecycle) -> None:
    with pytest.raises(Invalid, match="identity"):
        lifecycle.purge(system(), "notes", "note")
    with pytest.raises(Conflict):
        lifecycle.purge(system(), "notes", "notes")
    assert "notes_note" in tables()


def test_purging_works_without_the_package(lifecycle: Lifecycle, filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del lifecycle.host.plugins["notes"]
    monkeypatch.setattr("portal.plugin_host.scanning.list_installed", dict)
    lifecycle.scan()
    assert state_of("notes").state == "missing"
    lifecycle.purge(system(), "notes", "notes")
    assert (tables(), kept_of("notes")) == ([], [0, 0, 0, 0])


def test_a_missing_plugin_is_as_before_when_its_package_is_back(
    lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = lifecycle.host.plugins.pop("notes")
    with monkeypatch.context() as patch:
        patch.setattr("portal.plugin_host.scanning.list_installed", dict)
        lifecycle.scan()
    assert state_of("notes").state == "missing"
    lifecycle.host.plugins["notes"] = plugin
    lifecycle.scan()
    assert state_of("notes").state == "enabled"


def test_what_others_point_at_stays_whole(lifecycle: Lifecycle, filled: None) -> None:
    with unit_of_work():
        db.session.execute(sa.text("CREATE TABLE polls_poll (id INTEGER, note INTEGER REFERENCES notes_note (id))"))
    before = (tables(), kept_of("notes"), "disabled")
    with pytest.raises(Invalid) as refused:
        lifecycle.purge(system(), "notes", "notes")
    assert refused.value.details == {"tables": "polls_poll"}
    assert (tables(), kept_of("notes"), state_of("notes").state) == before
    with unit_of_work():
        db.session.execute(sa.text("DROP TABLE polls_poll"))
    lifecycle.purge(system(), "notes", "notes")
    assert (tables(), state_of("notes").state) == ([], "purged")
