"""The audit log as admins read and export it, and as members see their own account's."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.admin.exports import neutral
from portal.admin.services.sealing import seal_audit
from portal.audit.models import AuditEntry
from portal.audit.services.chain import check
from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.permissions.actor import Actor
from portal.retention.services.keeping import keep_rule
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def written(network: Network) -> dict[str, int]:
    """Three entries: by the admin about the member, by the editorial office about an organisation, an old one."""
    with unit_of_work():
        ids = {who: network.member(who).id for who in ("admin", "editorial", "member")}
        admin, office = (Actor(id=ids[who], name=who) for who in ("admin", "editorial"))
        record(admin, "member.disabled", "member", ids["member"], {"name": "Mia Müßig"}).network = "198.51.100.7"
        record(office, "organisation.updated", "organisation", 9, {"name": "Geheimwerk", "fields": ["town", "x_y"]})
        old = record(office, "organisation.created", "organisation", 8, {"name": "=SUMME(A1)"})
        old.at, old.network = utcnow() - timedelta(days=400), "198.51.100.9"
    return ids


@pytest.mark.parametrize(
    "query", ["q=müßig", "q=Mia+MÜßig", "action=member.disabled", "thing=member:{member}", "actor={admin}"]
)
def test_audit_list_shows_only_what_is_wanted(login: LogIn, written: dict[str, int], query: str) -> None:
    text = login("admin").get(f"/admin/audit?{query.format(**written)}").text
    assert "Müßig" in text
    assert "Geheimwerk" not in text


def test_audit_list_knows_days(login: LogIn, written: dict[str, int]) -> None:
    day = (utcnow() - timedelta(days=400)).date()
    text = login("admin").get(f"/admin/audit?since={day - timedelta(days=1)}&until={day + timedelta(days=1)}").text
    assert "SUMME" in text
    assert "Geheimwerk" not in text


@pytest.mark.parametrize(
    "query", ["since=x", "until=9999-12-31", "since=0001-01-01", "thing=::", "actor=-1", "q=%00%25"]
)
def test_audit_list_bears_what_is_no_filter(login: LogIn, query: str) -> None:
    assert login("admin").get(f"/admin/audit?{query}").status_code == 200


def test_audit_list_names_fields_in_words(login: LogIn, written: dict[str, int]) -> None:
    text = login("admin").get("/admin/audit", headers=ENGLISH).text
    assert "Changed: Town, other details" in text
    assert "x_y" not in text


def test_audit_export_is_a_table_without_formulas_and_is_recorded(login: LogIn, written: dict[str, int]) -> None:
    client = login("admin")
    text = client.post("/admin/audit/export", data={"format": "csv", "action": "organisation.created"}).text
    assert "SUMME" in text
    assert "Geheimwerk" not in text
    assert "exported the audit log" in client.get("/admin/audit", headers=ENGLISH).text


def test_audit_export_in_lines_holds_the_chain(login: LogIn, written: dict[str, int]) -> None:
    with unit_of_work():
        seal_audit()
    lines = login("admin").post("/admin/audit/export", data={"format": "jsonl"}).text.splitlines()
    entries = [json.loads(line) for line in lines]
    assert sorted(one["number"] for one in entries) == list(range(1, len(entries) + 1))


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_becomes_a_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_activity_is_ones_own(login: LogIn, written: dict[str, int]) -> None:
    text = login("member").get("/me/activity").text
    assert "Müßig" in text
    assert "Geheimwerk" not in text
    assert "198.51.100.7" not in text  # where the admin was is not the member's business


def test_forget_networks_keeps_the_chain(login: LogIn, written: dict[str, int]) -> None:
    with unit_of_work():
        seal_audit()
        keep_rule("audit.networks")
    networks = set(db.session.scalars(select(AuditEntry.network)))
    assert "198.51.100.7" in networks
    assert "198.51.100.9" not in networks
    assert check().finding is None
