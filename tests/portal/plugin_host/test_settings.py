"""Settings of plugins: typed, bounded, overridden by the operator, secrets kept encrypted, followed at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.audit.models import AuditEntry
from portal.config import SettingsError, load_settings
from portal.database import unit_of_work
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.permissions.actor import Actor, system
from portal.plugin_host.host import POLL_S, PluginHost
from portal.plugin_host.models import PluginSetting
from portal.plugin_host.scanning import scan
from portal.plugin_host.sealing import is_sealed, unseal
from portal.plugin_host.settings import change_settings, get_version, list_settings, setting
from tests.fixtures.foreign import host_of, make_worker


@pytest.fixture
def host(guest_app: Flask) -> PluginHost:
    return host_of(guest_app)


def change(host: PluginHost, version: int | None = None, **values: object) -> None:
    with unit_of_work():
        change_settings(system(), host, "notes", values, version)
    host.sync(force=True)


def test_what_is_not_set_is_at_its_default(host: PluginHost) -> None:
    assert [setting("notes", key) for key in ("greeting", "at_most", "token", "pinned", "order")] == [
        *("Guten Tag", 20, "", False, "new")
    ]


def test_what_is_set_holds_and_can_be_put_back(host: PluginHost) -> None:
    change(host, greeting="Moin", at_most=5)
    assert (setting("notes", "greeting"), setting("notes", "at_most")) == ("Moin", 5)
    change(host, greeting=None)
    assert (setting("notes", "greeting"), setting("notes", "at_most")) == ("Guten Tag", 5)


@pytest.mark.parametrize("values", [{"at_most": 0}, {"at_most": "7"}, {"order": "old"}, {"greeting": "x" * 301}])
def test_what_breaks_the_declaration_is_refused_at_its_field(host: PluginHost, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        change(host, **values)
    assert refused.value.field == next(iter(values))


def test_another_worker_follows_within_a_second(
    host: PluginHost, other_worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(host, greeting="Moin")
    with other_worker.app_context():
        host_of(other_worker)._polled -= POLL_S
        host_of(other_worker).sync()
        assert setting("notes", "greeting") == "Moin"


def test_a_secret_is_encrypted_never_shown_and_masked_in_the_log(host: PluginHost) -> None:
    change(host, token="sesam-öffne-dich")
    stored = db.session.scalar(sa.select(PluginSetting.value).where(PluginSetting.key == "token"))
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    views = list_settings(system(), host, "notes")
    assert setting("notes", "token") == "sesam-öffne-dich"
    assert all("sesam" not in str(one) for one in (stored, entry and entry.details, views))


def test_after_a_change_of_the_secret_key_a_secret_counts_as_not_set(host: PluginHost) -> None:
    change(host, token="sesam")
    stored = db.session.scalar(sa.select(PluginSetting.value).where(PluginSetting.key == "token"))
    assert unseal("another key", str(stored)) is None
    host.settings.secret_key = "another key"
    views = {view.setting.key: view for view in list_settings(system(), host, "notes")}
    assert (setting("notes", "token"), views["token"].is_unreadable) == ("", True)


@pytest.mark.parametrize("plain", ["Schlüssel", "key", 7])
def test_what_was_stored_before_it_became_secret_is_sealed_by_the_next_scan(host: PluginHost, plain: object) -> None:
    with unit_of_work():
        db.session.add(PluginSetting(id="notes", key="token", value=plain))
    host.sync(force=True)
    assert (setting("notes", "token"), len(list_settings(system(), host, "notes"))) == ("", 5)
    scan(host)
    host.sync(force=True)
    stored = db.session.scalar(sa.select(PluginSetting.value).where(PluginSetting.key == "token"))
    assert setting("notes", "token") == str(plain) and is_sealed(stored)


def test_what_is_sealed_is_left_as_it_is(host: PluginHost) -> None:
    change(host, token="")
    before = db.session.scalar(sa.select(PluginSetting.value).where(PluginSetting.key == "token"))
    host.settings.secret_key, key = "another key", host.settings.secret_key
    scan(host)
    host.settings.secret_key = key
    db.session.expire_all()
    assert before == db.session.scalar(sa.select(PluginSetting.value).where(PluginSetting.key == "token"))


def test_who_saved_second_is_told(host: PluginHost) -> None:
    seen = get_version("notes")
    change(host, seen, greeting="Moin")
    with pytest.raises(Conflict):
        change(host, seen, greeting="Servus")
    assert setting("notes", "greeting") == "Moin"


def test_members_may_not_change_them(host: PluginHost) -> None:
    with pytest.raises(Forbidden):
        change_settings(Actor(id=1), host, "notes", {"greeting": "Moin"}, None)


def test_the_operators_word_is_locked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_NOTES_AT_MOST", "7")
    other: Flask = request.getfixturevalue("other_worker")
    with other.app_context(), pytest.raises(Invalid) as refused:
        assert setting("notes", "at_most") == 7
        change_settings(system(), host_of(other), "notes", {"at_most": 9}, None)
    assert refused.value.details["name"] == "PORTAL_NOTES_AT_MOST"


@pytest.mark.parametrize(("name", "value"), [("PORTAL_NOTES_AT_MOST", "0"), ("PORTAL_NOTES_SIZE", "1")])
def test_a_wrong_word_of_the_operator_stops_the_start(
    guest_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        make_worker(tmp_path, guest_app.config["SQLALCHEMY_DATABASE_URI"])


def test_a_name_of_no_plugin_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portal.env").write_text("PORTAL_NETOS_SIZE=1\n")
    with pytest.raises(SettingsError, match="PORTAL_NETOS_SIZE"):
        load_settings(data_dir=tmp_path)
