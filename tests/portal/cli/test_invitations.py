"""Inviting a list from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.cli.invitations import member_import
from portal.errors import Conflict
from portal.extensions import db
from portal.invitations.models import Invitation


def run(app: Flask, path: Path, text: str, *options: str) -> str:
    path.write_text(f"Name;E-Mail\n{text}\n")
    result = app.test_cli_runner().invoke(member_import, [str(path), *options], catch_exceptions=False)
    return result.output


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def test_member_import_invites_everybody(app: Flask, tmp_path: Path) -> None:
    assert "2 people" in run(app, tmp_path / "list.csv", "A;a@netz.example\nB;b@netz.example")
    assert count() == 2


def test_member_import_with_check_invites_nobody(app: Flask, tmp_path: Path) -> None:
    assert "a@netz.example" in run(app, tmp_path / "list.csv", "A;a@netz.example", "--check")
    assert count() == 0


def test_member_import_with_an_error_invites_nobody(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Conflict):
        run(app, tmp_path / "list.csv", "A;a@netz.example\nB;kaputt")
    assert count() == 0
