"""The command line follows the plugins that are on, and says in one line what is wrong."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest


def portal(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments],
        env={**kept, "PORTAL_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("commands")
    assert portal(made, "upgrade").returncode == 0
    return made


def test_commands_of_a_plugin_vanish_with_it(folder: Path) -> None:
    assert "search" in portal(folder, "--help").stdout
    portal(folder, "plugin", "disable", "search")
    assert portal(folder, "search", "--help").returncode == 2
    portal(folder, "plugin", "enable", "search")
    assert portal(folder, "search", "--help").returncode == 0


def test_an_unknown_setting_is_one_clear_line(folder: Path) -> None:
    done = portal(folder, "config", PORTAL_TYPO="1")
    assert (done.returncode, done.stderr.strip()) == (1, "portal: unknown setting: PORTAL_TYPO")


def test_settings_are_shown_without_secrets(folder: Path) -> None:
    shown = portal(folder, "config", PORTAL_SECRET_KEY="canary-secret", PORTAL_MAIL_URL="smtp://u:canary@h").stdout
    assert "PORTAL_BASE_URL=http://127.0.0.1:8000" in shown
    assert "canary" not in shown


def test_a_locked_out_operator_gets_in(folder: Path) -> None:
    made = portal(
        folder,
        "member",
        "create",
        "ops@netz.example",
        "Olga Operator",
        "--role",
        "admin",
        "--password",
        "Kiesel-Ampel-7-Birne",
    )
    assert made.returncode == 0, made.stderr
    assert "ops@netz.example" in portal(folder, "member", "list").stdout


def test_the_audit_log_is_checked_and_exported(folder: Path) -> None:
    checked = portal(folder, "audit", "check")
    assert (checked.returncode, "0 not sealed yet" in checked.stdout) == (0, True)
    lines = portal(folder, "audit", "export").stdout.splitlines()
    assert '"action": "plugin.enabled"' in lines[-1]


def test_a_changed_line_of_the_audit_log_is_named(folder: Path) -> None:
    portal(folder, "audit", "check")
    with closing(sqlite3.connect(folder / "portal.sqlite")) as database, database:
        database.execute("UPDATE audit_entry SET action = 'x' WHERE number = 2")
    checked = portal(folder, "audit", "check")
    assert (checked.returncode, checked.stderr.startswith("line 2 (entry ")) == (1, True)
    assert "BAD audit log: line 2" in portal(folder, "doctor").stdout


def test_the_demo_refuses_where_members_are(folder: Path) -> None:
    portal(folder, "member", "create", "one@netz.example", "Eine Person", "--password", "Kiesel-Ampel-7-Birne")
    done = portal(folder, "demo")
    assert (done.returncode, "has members" in done.stderr) == (1, True)


def test_an_unknown_plugin_is_one_clear_line(folder: Path) -> None:
    done = portal(folder, "plugin", "enable", "nothing")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)


@pytest.fixture(scope="module")
def scaled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A fresh data folder and what loading a small network for measurements said."""
    made = tmp_path_factory.mktemp("scaled")
    portal(made, "upgrade")
    return made, portal(made, "demo", "--scale", "2")


def test_the_demo_is_quiet(scaled: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _folder, done = scaled
    assert (done.returncode, done.stderr) == (0, "")
    assert "{" not in done.stdout
    assert "admin@portal.example" in done.stdout


def test_the_demo_refuses_a_second_time_in_one_line(scaled: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    done = portal(scaled[0], "demo", "--scale", "2")
    assert (done.returncode, done.stderr.strip()) == (1, "portal: this database has members already")


@pytest.mark.parametrize("scale", ["0", "-1", "viele"])
def test_an_impossible_scale_is_refused(scaled: tuple[Path, subprocess.CompletedProcess[str]], scale: str) -> None:
    done = portal(scaled[0], "demo", "--scale", scale)
    assert (done.returncode, "Invalid value" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which nothing was set up yet."""
    return tmp_path_factory.mktemp("bare")


@pytest.mark.parametrize("command", [["member", "list"], ["plugin", "list"], ["plugin", "enable", "search"], ["demo"]])
def test_without_a_schema_one_line_says_what_to_do(bare: Path, command: list[str]) -> None:
    done = portal(bare, *command)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "run “portal upgrade” first" in done.stderr


def test_a_database_that_is_away_is_one_clear_line(bare: Path) -> None:
    done = portal(bare, "member", "list", PORTAL_DATABASE_URL="postgresql+psycopg://nobody:geheim@127.0.0.1:1/x")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith("portal: the database refuses: ")
    assert "geheim" not in done.stderr


def test_the_doctor_names_each_trouble(bare: Path) -> None:
    done = portal(bare, "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "ok  database" in done.stdout
    assert "BAD worker: the database's schema is missing" in done.stdout


def test_answers_are_free_of_logs(bare: Path) -> None:
    assert all(line.startswith("PORTAL_") for line in portal(bare, "config").stdout.splitlines())
