"""The audit log and the system page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.admin.sentences import ACTIONS, sentence
from portal.audit.models import AuditEntry
from portal.audit.services.recording import record
from portal.config import Settings
from portal.database import unit_of_work
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]


def test_audit_list_tells_in_sentences(login: LogIn) -> None:
    client = login("admin")
    client.post("/admin/roles/editorial", data={"permission": ["audit.read"]})
    text = client.get("/admin/audit", headers={"Accept-Language": "en"}).text
    assert "Anna Admin changed what the role Redaktion may do." in text


@pytest.mark.parametrize("action", [*ACTIONS, "events.published"])
def test_every_action_has_a_sentence(app: Flask, action: str) -> None:
    entry = AuditEntry(action=action, actor_name="Anna", actor_id=1, subject_type="t", subject_id="7", details={})
    with app.test_request_context():
        text = sentence(entry)
    assert text.endswith(".")
    assert "%(" not in text


def test_audit_list_goes_on_with_earlier_entries(login: LogIn) -> None:
    with unit_of_work():
        for number in range(60):
            record(system(), "member.created", "member", number, {"name": f"Person {number:02d}"})
    client = login("admin")
    first = client.get("/admin/audit?action=member.created").text
    assert "Person 59" in first
    assert "Person 05" not in first
    assert 'rel="next"' in first


def test_audit_list_costs_the_same_for_few_and_for_many(login: LogIn, statements: list[str]) -> None:
    client, counts = login("admin"), []
    for _ in range(2):
        statements.clear()
        client.get("/admin/audit")
        counts.append(len(statements))
        with unit_of_work():
            for number in range(300):
                record(system(), f"kind.{number % 7}", "member", number)
    assert counts[0] == counts[1] <= 6


def test_system_show_hides_secrets(login: LogIn, settings: Settings) -> None:
    text = login("admin").get("/admin/system").text
    assert settings.secret_key not in text
    assert "PORTAL_SECRET_KEY" in text
