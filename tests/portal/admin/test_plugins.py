"""The switch: what a plugin shows vanishes and comes back, its data stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.admin.services.plugins import list_dependants
from portal.database import unit_of_work
from portal.extensions import db
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.models import PluginState
from tests.fixtures.client import PortalClient

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
    assert PLUGIN in login("admin").get("/admin/audit?action=plugin.disabled").text


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
