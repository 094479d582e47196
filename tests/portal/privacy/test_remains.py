"""Nothing of an erased member is left in any file; plugins that rest forget too, or as soon as they can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from plugins.events.models import Event, Participation, Pitch, Section
from plugins.search.services.the_index import find_index
from portal.audit.services.chain import seal
from portal.audit.services.recording import record
from portal.cli.system import doctor
from portal.config import Settings
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.jobs.queue import push
from portal.members.models import Member
from portal.permissions.actor import system
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.models import PluginState
from portal.privacy.models import ErasureRemainder
from portal.privacy.services import remaining
from portal.privacy.services.erasing import erase_member
from portal.privacy.services.remaining import count_remainders, erase_remainders
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import BACKEND
from tests.fixtures.people import Network, address
from tests.portal.privacy.test_erasure import CANARIES, CANARY, live

LogIn = Callable[..., PortalClient]


def everywhere(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every file of the portal: database with its log, queue, mails, storage, index."""
    folders = [settings.data_dir]
    if BACKEND == "sqlite":
        folders.append(Path(str(db.engine.url.database)).parent)
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".template":
                yield str(path), path.read_bytes().lower()


def traces(settings: Settings) -> set[str]:
    words = [word.encode() for word in (*CANARIES, "xanthip", "quastenflos")]  # the index cuts endings off
    return {name for name, found in everywhere(settings) if any(word in found for word in words)}


def present_a_pitch(number: int) -> None:
    """The member's name gets into the search index: as somebody who presents, and listed as a participant."""
    with unit_of_work():
        event = Event(slug="e", title="E", state="published", audience=["member"], starts_at=utcnow())
        db.session.add(event)
        db.session.flush()
        section = Section(event_id=event.id, kind="lab", title="L", audience=["member"])
        db.session.add_all([section, Participation(event_id=event.id, member_id=number, consent_listed_at=utcnow())])
        db.session.flush()
        db.session.add(Pitch(section_id=section.id, title="P", presenter_id=number, audience=["member"]))
    push("search.rebuild", {})


@pytest.fixture
def traced(login: LogIn, settings: Settings) -> int:
    """A member whose name, address, telephone and text are in database, index, mails and an export."""
    client = login("member")
    number = live(client)
    client.post("/me/data/export")
    present_a_pitch(number)
    with unit_of_work():
        seal()
    return number


def test_no_byte_of_an_erased_member_is_left(
    traced: int, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    before = traces(settings)
    places = (".eml", "search/index", *(["sqlite-wal"] if BACKEND == "sqlite" else []))
    assert [place for place in places if not any(place in name for name in before)] == []
    with unit_of_work():
        erase_member(system(), traced)
    push("privacy.compact", {})
    assert traces(settings) == set()
    printed = "".join(capfd.readouterr()).lower()
    assert not any(word in printed for word in CANARIES)


def test_a_plugin_that_is_off_forgets_too(app: Flask, traced: int, settings: Settings) -> None:
    for plugin in ("events", "search"):
        Lifecycle(app.extensions[EXTENSION]).disable(system(), plugin)
    with unit_of_work():
        erase_member(system(), traced)
    push("privacy.compact", {})
    assert db.session.query(Participation).one().consent_listed_at is None
    assert traces(settings) == set() and find_index().status().documents == 0
    assert db.session.query(ErasureRemainder).count() == 0


def outdated(revision: str) -> None:
    """The events' tables are as their code does not expect them, or again as it does."""
    with unit_of_work():
        db.session.execute(update(PluginState).where(PluginState.id == "events").values(schema_revision=revision))


def test_what_a_plugin_could_not_forget_is_noted_and_asked_for_later(app: Flask, traced: int, login: LogIn) -> None:
    revision = db.session.get_one(PluginState, "events").schema_revision
    outdated("0000")
    app.extensions[EXTENSION].sync(force=True)
    with unit_of_work():
        erase_member(system(), traced)
        erase_remainders()
    assert count_remainders() == {"events": 1}
    assert "events: 1" in login("admin").get("/admin/system").text
    assert "BAD erasure: 1 erased members wait for the plugin events" in app.test_cli_runner().invoke(doctor).output
    outdated(revision)
    app.extensions[EXTENSION].sync(force=True)
    with unit_of_work():
        erase_remainders()
    assert count_remainders() == {}
    assert db.session.query(Participation).one().consent_listed_at is None


def test_what_a_purged_plugin_held_is_gone(app: Flask, network: Network) -> None:
    with unit_of_work():
        number = network.member("member").id
        db.session.add(ErasureRemainder(member_id=number, plugin_id="former"))
    with unit_of_work():
        erase_remainders()
    assert db.session.query(ErasureRemainder).count() == 0
    assert db.session.query(Member).filter_by(email=address("member")).count() == 1


def test_many_erasures_write_the_files_anew_once(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    monkeypatch.setattr(remaining, "compact", written.append)
    for who in ("member", "editor"):
        with unit_of_work():
            erase_member(system(), network.member(who).id)
    push("privacy.erase_remainders", {})
    for _ in range(2):
        push("privacy.compact", {})
    assert len(written) == 1 and db.session.query(ErasureRemainder).count() == 0


def test_a_name_stays_out_of_the_log_lines_of_jobs(network: Network, capfd: pytest.CaptureFixture[str]) -> None:
    with unit_of_work():
        record(system(), "member.updated", "member", 1, {"name": CANARY})
    push("admin.seal_audit", {})
    assert CANARY not in "".join(capfd.readouterr())
