"""Everything about oneself as a ZIP."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.invitations.models import AccessRequest
from portal.login.models import LoginSession
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.privacy.models import DataExport
from portal.privacy.services import exporting
from portal.retention.services.keeping import keep_rule
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

REQUEST = {"token_hash": "x", "name": "Ines Fremd", "email": "fremd@netz.example", "expires_at": utcnow()}
LogIn = Callable[..., PortalClient]


def fetch(client: PortalClient) -> tuple[str, zipfile.ZipFile]:
    """Ask for the file; gives its address and what is in it."""
    client.post("/me/data/export")
    found = re.search(r"/me/data/export/\d+\.zip", client.get("/me/data").text)
    assert found
    answer = client.get(found.group())
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    return found.group(), zipfile.ZipFile(io.BytesIO(answer.data))


def data_of(client: PortalClient) -> dict[str, Any]:
    with fetch(client)[1] as archive:
        return json.loads(archive.read("data.json"))


def test_export_holds_what_is_known_of_me_and_no_secret(login: LogIn) -> None:
    with unit_of_work():
        Network().member("member").phone = "+49 711 5550199"
    data = data_of(login("member"))
    text = json.dumps(data)
    assert data["portal"]["member"][0]["email"] == address("member") and "5550199" in text
    assert "argon2" not in text and "token_hash" not in text
    assert {"login_session", "membership"} <= data["portal"].keys() and "participations" in data["plugins"]["events"]


def test_export_holds_nobody_else(login: LogIn) -> None:
    login("editor").get("/me")
    text = json.dumps(data_of(login("member")))
    assert address("editor") not in text and "Ines" not in text


def test_export_of_who_did_much_holds_no_trace_of_those_it_was_done_to(login: LogIn, network: Network) -> None:
    with unit_of_work():
        record(network.actor("member"), "membership.set", "organisation", 1, {"who": "Ines Fremd"})
        db.session.add(AccessRequest(**REQUEST, decided_by_id=network.member("member").id))
        create_mail(address("member"), "Hallo", "https://netz.example/login/reset/geheimer-verweis")
    data = data_of(login("member"))
    text = json.dumps(data)
    assert "membership.set" in text and data["portal"]["access_request"]
    assert "Fremd" not in text and "fremd@" not in text and "geheimer-verweis" not in text


def test_export_belongs_to_its_owner(login: LogIn) -> None:
    path, _archive = fetch(login("member"))
    assert [login(who).get(path).status_code for who in ("editor", "editorial")] == [404, 404]


def test_export_is_gone_when_its_time_is_over(login: LogIn) -> None:
    client = login("member")
    path, _archive = fetch(client)
    with unit_of_work():
        db.session.execute(update(DataExport).values(expires_at=utcnow() - timedelta(seconds=1)))
    assert client.get(path).status_code == 404
    with unit_of_work():
        keep_rule("privacy.exports")
    assert db.session.query(DataExport).count() == 0


def test_export_asks_for_a_new_proof_when_the_last_one_is_old(login: LogIn) -> None:
    client = login("member")
    with unit_of_work():
        db.session.execute(update(LoginSession).values(confirmed_at=utcnow() - timedelta(minutes=11)))
    assert "confirm" in client.post("/me/data/export").location
    assert db.session.query(DataExport).count() == 0


def test_two_clicks_make_one_file(login: LogIn) -> None:
    client = login("member")
    for _ in range(2):
        client.post("/me/data/export")
    assert db.session.query(DataExport).join(Member, Member.id == DataExport.member_id).count() == 1


def test_one_sees_how_far_the_file_is_without_scripts_too(login: LogIn) -> None:
    client = login("member")
    with unit_of_work():
        values = {"member_id": Network().member("member").id, "expires_at": utcnow() + timedelta(days=1)}
        db.session.add(DataExport(**values, percent=40))
    page = client.get("/me/data").text
    assert "40 %" in page and 'value="40"' in page and 'http-equiv="refresh"' in page


def test_how_far_it_is_grows_while_it_is_made(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(exporting, "_note_percent", lambda _id, percent: told.append(percent))
    monkeypatch.setattr(exporting, "_files_of", lambda _id: [exporting.Copied(f"{n}", "0" * 32) for n in range(4)])
    client = login("member")
    client.post("/me/data/export")
    assert told == [10, 31, 52, 73, 95]
    assert 'http-equiv="refresh"' not in client.get("/me/data").text
