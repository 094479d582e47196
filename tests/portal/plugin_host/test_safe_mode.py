"""Safe mode: the administration comes up without any plugin, and nothing is lost by it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.plugin_host.models import PluginState
from portal.plugin_host.scanning import scan
from tests.fixtures.client import PortalClient
from tests.fixtures.foreign import host_of
from tests.fixtures.people import open_login


@pytest.fixture
def safe(guest_app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A worker that was told to load no plugin, on the database of one with all on."""
    monkeypatch.setenv("PORTAL_PLUGINS", "none")
    return request.getfixturevalue("other_worker")


@pytest.fixture
def admin(safe: Flask) -> PortalClient:
    return safe.test_client().log_in_as(open_login("admin"))  # type: ignore[attr-defined]


def state_of(plugin_id: str) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PluginState, plugin_id).state


def test_the_administration_names_what_is_not_loaded(admin: PortalClient) -> None:
    page = admin.get("/admin/plugins", headers={"Accept-Language": "en"})
    assert page.status_code == 200 and page.text.count("Not loaded") >= 4
    assert admin.get("/events/").status_code == 404


def test_a_plugin_can_be_switched_off_there(safe: Flask, admin: PortalClient) -> None:
    assert admin.post("/admin/plugins/notes/disable").status_code == 302
    assert state_of("notes") == "disabled"


def test_nothing_counts_as_missing(safe: Flask) -> None:
    with safe.app_context():
        scan(host_of(safe))
    assert state_of("notes") == "enabled"
