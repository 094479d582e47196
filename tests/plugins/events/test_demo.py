"""The demo's events are what the contract promises."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from flask import Flask

from plugins.events.demo import load_demo
from plugins.events.models import Event, Participation, Pitch, Section
from plugins.events.services import health
from portal.demo.network import load_network
from portal.plugin_author.rehearsal import leave_database
from portal.sdk.database import session, unit_of_work
from portal.sdk.files import Attachment
from portal.sdk.network import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import Templates

Login = Callable[[str], PortalClient]


KEPT: set[str] = set()


@pytest.fixture
def demo(app: Flask, database_template: Templates) -> Event:
    """The network meeting of 2023, written once: its slides and photos take long to make."""
    if not KEPT:
        with unit_of_work():
            load_network()
        with unit_of_work():
            load_demo()
        leave_database()
        database_template.save("demo")
        KEPT.add("demo")
    leave_database()
    database_template.restore("demo")
    return session.query(Event).filter_by(slug="netzwerktreffen-2023").one()


def test_the_meeting_of_2023_is_documented(demo: Event) -> None:
    assert (demo.edition, demo.people, demo.initiative_people, demo.initiatives, demo.networks) == (4, 46, 26, 21, 6)
    labs = session.query(Section).filter_by(event_id=demo.id, kind="lab").all()
    assert [(lab.title, len(lab.pitches)) for lab in labs] == [("Hereinspaziert", 2), ("Hiergeblieben", 2)]
    assert session.query(Pitch).filter(Pitch.presenter_id.is_(None) | Pitch.organisation_id.is_(None)).count() == 0


def test_slides_minutes_and_photos_are_there_with_words_about_them(demo: Event) -> None:
    files = session.query(Attachment).filter(Attachment.owner_plugin == "events").all()
    endings = {file.extension for file in files}
    assert {"pdf", "pptx", "docx", "jpg"} == endings
    assert all(file.alt_text and file.caption and file.credit for file in files if file.is_image)
    assert demo.cover and demo.cover.audience == ["public"]


def test_one_event_is_coming_and_one_is_a_draft(app: Flask, demo: Event, client: PortalClient) -> None:
    states = {event.slug: event.state for event in session.query(Event)}
    assert states["netzwerktreffen-2027"] == "published"
    assert client.get("/events/netzwerktreffen-2027").status_code == 200
    assert client.get("/events/werkstattgespraech-buergerdialog").status_code == 404
    with app.test_request_context():
        assert [check.ok for check in health.list_checks()] == [True, True]


def test_the_plain_member_was_there_and_the_new_one_was_not(demo: Event) -> None:
    people = session.query(Member.email).join(Participation, Participation.member_id == Member.id)
    there = {row.email for row in people.filter(Participation.event_id == demo.id)}
    assert "mitglied@portal.example" in there and "neu@portal.example" not in there


@pytest.mark.parametrize("who", ["member", "editorial"])
def test_the_full_report_is_lean(demo: Event, login: Login, statements: list[str], who: str) -> None:
    session.query(Attachment).filter_by(kind="photo").update({"thumbnail_state": "done"})
    browser = login(who)
    browser.get("/events/netzwerktreffen-2023")
    statements.clear()
    answer = browser.get("/events/netzwerktreffen-2023", headers={"Accept-Encoding": "gzip"})
    asked = [sent for sent in statements if sent.startswith("SELECT")]
    assert len(asked) <= 6, asked
    assert len(answer.data) <= 12_000
    assert len(gzip.decompress(answer.data)) <= 40_000
