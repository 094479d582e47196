"""The switch: what a plugin shows vanishes and comes back, its data stays."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.admin.services import leaving
from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host import lifecycle as switching
from portal.plugin_host.contributions import Slot
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.models import PluginState
from portal.plugin_host.requirements import list_dependants
from portal.plugin_host.settings import setting
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import can_others_write
from tests.plugins.initiatives.samples import make_profile

LogIn = Callable[..., PortalClient]

PLUGIN = "initiatives"


@pytest.fixture
def switch(login: LogIn) -> Callable[[str], None]:
    """``switch("disable")``: press the button of the page."""
    admin = login("admin")

    def press(action: str) -> None:
        assert admin.post(f"/admin/plugins/{PLUGIN}/{action}").status_code == 302

    return press


def test_plugin_disable_hides_pages_and_menu(login: LogIn, switch: Callable[[str], None]) -> None:
    client = login("member")
    assert client.get(f"/{PLUGIN}/").status_code == 200
    switch("disable")
    assert client.get(f"/{PLUGIN}/").status_code == 404
    assert f'href="/{PLUGIN}/"' not in client.get("/").text


def test_plugin_enable_brings_everything_back(login: LogIn, switch: Callable[[str], None]) -> None:
    client = login("member")
    before = client.get(f"/{PLUGIN}/").text.count("<li")
    switch("disable")
    switch("enable")
    assert client.get(f"/{PLUGIN}/").text.count("<li") == before
    assert f'href="/{PLUGIN}/"' in client.get("/").text


def test_its_addresses_answer_as_unknown_ones(login: LogIn, switch: Callable[[str], None]) -> None:
    client = login("member")
    switch("disable")
    off, unknown = client.get(f"/{PLUGIN}/").text, client.get("/never-was/").text
    assert off.replace(PLUGIN, "never-was").count("\n") == unknown.count("\n")


def test_plugin_disable_asks_first(login: LogIn, app: Flask) -> None:
    answer = login("admin").get(f"/admin/plugins/{PLUGIN}/disable")
    assert answer.status_code == 200
    assert app.extensions[EXTENSION].is_effective(PLUGIN)


def test_plugin_disable_confirmed_is_noted(login: LogIn, switch: Callable[[str], None]) -> None:
    switch("disable")
    assert "Plugin Initiativen aus" in login("admin").get("/admin/audit?action=plugin.disabled").text


def test_plugin_list_keeps_a_plugin_that_is_off(login: LogIn, switch: Callable[[str], None]) -> None:
    switch("disable")
    text = login("admin").get("/admin/plugins").text
    assert f"/admin/plugins/{PLUGIN}/enable" in text


def test_permissions_of_a_plugin_that_is_off_are_not_offered(login: LogIn, switch: Callable[[str], None]) -> None:
    admin = login("admin")
    assert f'value="{PLUGIN}.' in admin.get("/admin/roles/editorial").text
    switch("disable")
    assert f'value="{PLUGIN}.' not in admin.get("/admin/roles/editorial").text


def test_grants_survive_the_switch(login: LogIn, switch: Callable[[str], None]) -> None:
    before = login("admin").get("/admin/roles/editorial").text.count(" checked")
    switch("disable")
    login("admin").post("/admin/roles/editorial", data={"permission": ["members.list_all"]})
    switch("enable")
    assert f'value="{PLUGIN}.review" checked' in login("admin").get("/admin/roles/editorial").text
    assert before > 2


def test_plugin_show_does_not_know_others(login: LogIn) -> None:
    assert login("admin").get("/admin/plugins/nothing").status_code == 404
    assert login("admin").post("/admin/plugins/nothing/enable").status_code == 404


@pytest.fixture
def missing(app: Flask) -> None:
    """A plugin that was installed once and whose package is gone."""
    with unit_of_work():
        tables = ["polls_answer", "polls_poll"]
        db.session.add(PluginState(id="polls", state="enabled", version="1.4", tables=tables))


def test_plugin_show_says_what_to_do_about_a_missing_package(login: LogIn, missing: None) -> None:
    page = login("admin").get("/admin/plugins/polls", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "Its package is missing" in page.text
    assert "Install its package again" in page.text
    assert "polls_answer" in page.text


@pytest.mark.parametrize("action", ["enable", "disable"])
def test_a_missing_package_cannot_be_switched(login: LogIn, missing: None, action: str) -> None:
    assert login("admin").post(f"/admin/plugins/polls/{action}").status_code == 404
    assert db.session.get_one(PluginState, "polls").state in ("enabled", "missing")


def test_switching_twice_is_harmless(login: LogIn, switch: Callable[[str], None]) -> None:
    switch("disable")
    switch("disable")
    assert login("member").get("/").status_code == 200


def test_list_dependants_names_nobody_for_independent_plugins(app: Flask) -> None:
    assert list_dependants(app.extensions[EXTENSION], PLUGIN) == []


def test_its_page_says_who_holds_its_permissions_and_what_it_brings(login: LogIn) -> None:
    page = login("admin").get(f"/admin/plugins/{PLUGIN}", headers={"Accept-Language": "en"}).text
    assert "cards of the start page" in page and "My initiative" in page
    assert "Redaktion" in page.split("Permissions")[1]


def test_titles_are_in_the_readers_language_also_while_off(login: LogIn, switch: Callable[[str], None]) -> None:
    switch("disable")
    page = login("admin").get("/admin/plugins", headers={"Accept-Language": "de"}).text
    assert "Initiativen</a>" in page and "Profile der Initiativen" in page


def test_the_form_of_settings_sets_them_and_refuses_at_the_field(login: LogIn, app: Flask) -> None:
    admin, address = login("admin"), f"/admin/plugins/{PLUGIN}/settings"
    wrong = admin.post(address, data={"confirm_after_months": "99", "version": 1}, headers={"Accept-Language": "en"})
    assert wrong.status_code == 400 and "A number from 0 to 60." in wrong.text and 'value="99"' in wrong.text
    assert admin.post(address, data={"confirm_after_months": "6", "version": 1}).status_code == 302
    assert setting(PLUGIN, "confirm_after_months") == 6
    assert admin.post(address, data={"confirm_after_months": "9", "version": 1}).status_code == 409


@pytest.fixture
def off(switch: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "DRAIN", switching.timedelta(0))
    switch("disable")


def test_purging_asks_for_the_id_and_counts_before(login: LogIn, off: None, app: Flask) -> None:
    admin, address = login("admin"), f"/admin/plugins/{PLUGIN}/purge"
    assert "initiatives_profile" in admin.get(address).text
    assert admin.post(address, data={"typed": "events"}).status_code == 400
    assert admin.post(address, data={"typed": PLUGIN}).status_code == 302
    assert db.session.get_one(PluginState, PLUGIN).state == "purged"
    assert "Daten des Plugins Initiativen" in admin.get("/admin/audit?action=plugin.purged").text


def test_the_copy_has_all_rows(login: LogIn, off: None) -> None:
    with unit_of_work():
        make_profile("nordwerk")
    answer = login("admin").post("/admin/plugins/initiatives/export", buffered=True)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        lines = archive.read("tables/initiatives_profile.jsonl").decode().splitlines()
    assert len(lines) == db.session.scalar(sa.text("SELECT count(*) FROM initiatives_profile"))
    assert json.loads(lines[0])["organisation_id"]


def test_what_failed_can_be_tried_again_from_its_page(login: LogIn, off: None, app: Flask) -> None:
    with unit_of_work():
        row = db.session.get_one(PluginState, PLUGIN)
        row.state, row.action, row.phase, row.reason = "failed", "enabling", "migrate", "interrupted in migrate"
    admin = login("admin")
    assert f"/admin/plugins/{PLUGIN}/retry" in admin.get(f"/admin/plugins/{PLUGIN}").text
    assert admin.post(f"/admin/plugins/{PLUGIN}/retry").status_code == 302
    assert app.extensions[EXTENSION].is_effective(PLUGIN)


def test_a_broken_section_is_nothing_to_members_and_a_word_to_admins(
    login: LogIn, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("kaputt")

    given = [Slot("organisation", broken)]
    monkeypatch.setitem(app.extensions[EXTENSION]._collected, "portal_slots", [(PLUGIN, given)])
    pages = {
        who: login(who).get("/organisations/nordwerk", headers={"Accept-Language": "en"}) for who in ("member", "admin")
    }
    assert {who: page.status_code for who, page in pages.items()} == {"member": 200, "admin": 200}
    assert ["could not show" in pages[who].text for who in ("member", "admin")] == [False, True]


def test_a_switch_that_breaks_is_not_called_done(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(switching.Lifecycle, "disable", break_down)
    admin = login("admin")
    assert admin.post("/admin/plugins/events/disable").status_code == 500
    assert "Das Plugin ist ausgeschaltet" not in admin.get("/admin/plugins/events").text


def test_a_purge_that_failed_is_agreed_to_anew(login: LogIn, off: None) -> None:
    with unit_of_work():
        row = db.session.get_one(PluginState, PLUGIN)
        row.state, row.action, row.phase, row.reason = "failed", "purging", "tables", "interrupted in tables"
    answer = login("admin").post(f"/admin/plugins/{PLUGIN}/retry")
    assert answer.headers["Location"] == f"/admin/plugins/{PLUGIN}/purge"
    assert db.session.get_one(PluginState, PLUGIN, populate_existing=True).state == "failed"


def test_a_copy_keeps_nobody_from_writing(
    app: Flask, off: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(leaving, "_plain", lambda value: seen.append(can_others_write()) or str(value))
    with unit_of_work():
        make_profile("nordwerk")
    leaving.export_plugin(system(), app.extensions[EXTENSION], PLUGIN, tmp_path / "copy.zip")
    assert seen and all(seen)
