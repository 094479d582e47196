"""What is older than its rule says goes, what is younger stays; twice does no harm."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.cli.retention import retention
from portal.config import Settings, SettingsError, load_settings
from portal.database import Base, unit_of_work, utcnow
from portal.extensions import db
from portal.invitations.models import AccessRequest, Invitation
from portal.login.models import LoginSession, LoginThrottle, OneTimeLink
from portal.mail.models import OutgoingMail
from portal.retention.models import RetentionRun
from portal.retention.registry import add_rules, find_rule, list_rules, rows_rule
from portal.retention.services import keeping
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]
Make = Callable[[int, timedelta], Base]


def session(number: int, age: timedelta) -> Base:
    return LoginSession(token_hash=f"{number}", member_id=1, expires_at=utcnow() - age)


def link(number: int, age: timedelta) -> Base:
    return OneTimeLink(token_hash=f"{number}", member_id=1, purpose="reset", expires_at=utcnow() - age)


def tries(number: int, age: timedelta) -> Base:
    return LoginThrottle(key=f"network:{number}", window_start=utcnow() - age, tries=1)


def mail(number: int, age: timedelta) -> Base:
    return OutgoingMail(recipient="a@b.example", subject=str(number), body="", sent_at=utcnow() - age)


def invitation(number: int, age: timedelta) -> Base:
    values: dict[str, Any] = {"email": "a@b.example", "name": "A", "expires_at": utcnow() + timedelta(1)}
    return Invitation(token_hash=f"{number}", withdrawn_at=utcnow() - age, **values)


def request(number: int, age: timedelta) -> Base:
    values: dict[str, Any] = {"name": "A", "email": "a@b.example", "expires_at": utcnow(), "confirmed_at": utcnow()}
    return AccessRequest(token_hash=f"{number}", decided_at=utcnow() - age, **values)


RULES = [
    ("login.sessions", 0, session),
    ("login.links", 1, link),
    ("login.tries", 1, tries),
    ("mail.sent", 30, mail),
    ("invitations.invitations", 90, invitation),
    ("invitations.requests", 90, request),
]


@pytest.mark.parametrize(("name", "days", "make"), RULES)
def test_what_is_older_goes_and_what_is_younger_stays(app: Flask, name: str, days: int, make: Make) -> None:
    old, young = make(1, timedelta(days, minutes=1)), make(2, timedelta(days, minutes=-1))
    with unit_of_work():
        db.session.add_all([old, young])
    before = db.session.query(type(old)).count()
    with unit_of_work():
        keeping.keep_rule(name)
    assert db.session.query(type(old)).count() == before - 1
    assert db.session.get_one(RetentionRun, name).removed == 1
    db.session.refresh(young)


def test_the_outbox_keeps_what_still_waits(app: Flask) -> None:
    old: dict[str, Any] = {
        "recipient": "a@b.example",
        "subject": "x",
        "body": "",
        "created_at": utcnow() - timedelta(60),
    }
    with unit_of_work():
        db.session.add_all([OutgoingMail(**old, attempts=3), OutgoingMail(**old, attempts=8)])
    with unit_of_work():
        keeping.keep_rule("mail.sent")
    assert [one.attempts for one in db.session.query(OutgoingMail)] == [3]


def test_mails_as_files_go_by_their_age(app: Flask, settings: Settings) -> None:
    folder = settings.data_dir / "mail"
    folder.mkdir(exist_ok=True)
    old, young = Path(folder / "old.eml"), Path(folder / "young.eml")
    for path in (old, young):
        path.write_text("x")
    os.utime(old, (0, 0))
    with unit_of_work():
        keeping.keep_rule("mail.files")
    assert (old.exists(), young.exists()) == (False, True)


def test_many_go_in_batches(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "BATCH", 3)
    with unit_of_work():
        db.session.add_all([tries(number, timedelta(9)) for number in range(8)])
    with unit_of_work():
        keeping.keep_rule("login.tries")
    assert db.session.query(LoginThrottle).count() == 0
    assert db.session.get_one(RetentionRun, "login.tries", populate_existing=True).removed == 8


def test_every_rule_is_kept_once_a_night(app: Flask) -> None:
    with unit_of_work():
        keeping.nudge_nightly()
    names = {rule.name for rule in list_rules()}
    assert {run.rule for run in db.session.query(RetentionRun)} == names
    with unit_of_work():
        db.session.execute(update(RetentionRun).values(removed=77))
        keeping.nudge_nightly()
    assert {run.removed for run in db.session.query(RetentionRun).populate_existing()} == {77}


def test_a_worker_that_slept_at_night_keeps_the_rules_later(app: Flask) -> None:
    with unit_of_work():
        keeping.nudge_nightly()
    with unit_of_work():
        db.session.execute(update(RetentionRun).values(removed=77, ran_at=utcnow() - timedelta(hours=25)))
        keeping.nudge_nightly()
    assert 77 not in {run.removed for run in db.session.query(RetentionRun).populate_existing()}


def test_two_rules_of_one_name_are_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="twice"):
        add_rules(app, [rows_rule("login.tries", "", 1, {})])
    assert find_rule("login.nothing") is None


@pytest.mark.parametrize("value", ["0", "29", "4000", "x"])
def test_days_out_of_bounds_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORTAL_KEEP_AUDIT_DAYS", value)
    with pytest.raises(SettingsError, match="PORTAL_KEEP_AUDIT_DAYS"):
        load_settings(data_dir=tmp_path)


def test_rules_are_shown_to_admins_and_in_plain_words_to_members(login: LogIn, network: Network) -> None:
    with unit_of_work():
        keeping.keep_rule("audit.lines")
    shown = login("admin").get("/admin/system", headers={"Accept-Language": "en"}).text
    assert "PORTAL_KEEP_AUDIT_DAYS" in shown and "not yet" in shown
    own = login("member").get("/me/data", headers={"Accept-Language": "en"}).text
    assert "who changed what" in own and "3 years" in own and "PORTAL_KEEP" not in own


def test_the_commands_show_run_and_only_look(app: Flask) -> None:
    with unit_of_work():
        db.session.add(tries(1, timedelta(9)))
    run = app.test_cli_runner().invoke
    assert "login.tries: 1 would go" in run(retention, ["run", "--dry-run"]).output
    assert "PORTAL_KEEP_TRY_DAYS" in run(retention, ["show"]).output
    assert "login.tries: 1 removed" in run(retention, ["run"]).output
    assert db.session.query(LoginThrottle).count() == 0
