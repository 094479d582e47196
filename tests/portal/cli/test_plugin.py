"""Plugins from the command line: the twins of the administration's pages."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.cli.main import cli
from portal.database import unit_of_work
from portal.errors import Conflict, Invalid
from portal.extensions import db
from portal.plugin_host import lifecycle as switching
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.models import PluginState
from portal.plugin_host.settings import setting


def run(app: Flask, *arguments: str, code: int = 0, **options: Any) -> str:
    found = app.test_cli_runner().invoke(cli.commands["plugin"], arguments, catch_exceptions=False, **options)
    assert found.exit_code == code
    return found.output


def test_list_and_show_tell_programs_what_the_page_tells(app: Flask) -> None:
    states = {one["id"]: (one["state"], one["schema"]) for one in json.loads(run(app, "list", "--json"))}
    assert states["events"] == ("on", "current")
    assert "events_event" in json.loads(run(app, "show", "events", "--json"))["tables"]


def test_switching_and_purging(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(switching, "DRAIN", switching.timedelta(0))
    assert "is off" in run(app, "disable", "initiatives")
    assert "nothing is deleted" in run(app, "purge", "initiatives")
    run(app, "purge", "initiatives", "--confirm", "initiatives", "--export", str(tmp_path / "copy.zip"))
    assert "tables/initiatives_profile.jsonl" in zipfile.ZipFile(tmp_path / "copy.zip").namelist()
    assert "is installed" in run(app, "install", "initiatives")
    assert "is on" in run(app, "enable", "initiatives")


def test_what_can_not_be_is_refused(app: Flask) -> None:
    with pytest.raises(Invalid):
        run(app, "purge", "events", "--confirm", "initiatives")
    with pytest.raises(Conflict):
        run(app, "retry", "events")


def test_settings_are_read_and_changed(app: Flask) -> None:
    assert "hits_per_page = 20  (default)" in run(app, "settings", "search")
    assert "hits_per_page = 15  (set)" in run(app, "settings", "search", "hits_per_page", "--stdin", input="15\n")
    assert setting("search", "hits_per_page") == 15
    assert "= 20  (default)" in run(app, "settings", "search", "hits_per_page", "--default")


def test_doctor_names_each_problem_and_the_next_step(app: Flask) -> None:
    with unit_of_work():
        row = db.session.get_one(PluginState, "events")
        row.state, row.action, row.phase, row.reason = "failed", "upgrading", "migrate", "power"
    app.extensions[EXTENSION].sync(force=True)
    found = {one["plugin"]: one for one in json.loads(run(app, "doctor", "--json", code=1))}
    assert "power" in found["events"]["problem"] and "portal plugin retry events" in found["events"]["next"]
