"""Two who write at the same moment: nothing is lost, nothing leaks, and who comes second keeps their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask

from plugins.events.models import Event, Participation, Pitch, Result, Section
from plugins.events.services import attachments, events, participations, pitches, results, sections
from portal.application import create_app
from portal.config import load_settings
from portal.extensions import db
from portal.permissions.actor import system
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.upgrading import upgrade_all
from portal.sdk.database import session, unit_of_work
from portal.sdk.files import Attachment, Description
from tests.fixtures.bundled import BUNDLED
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, load_small_network
from tests.plugins.events.conftest import Documented, make_event, note_participant
from tests.plugins.events.racing import Race
from tests.plugins.events.test_editing import FORM
from tests.servers.postgres import PostgresServer

ME = system()
TEAM = ["permission:events.edit"]
SECTION = {"title": "Teil", "kind": "lab", "audience_choice": "public"}
NUMBERS = count(1)


@pytest.fixture(scope="module")
def postgres_app(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A portal on PostgreSQL."""
    postgres_server.delete_database("races")
    address = postgres_server.create_database("races")
    folder = tmp_path_factory.mktemp("races")
    settings = load_settings(data_dir=folder, database_url=address, secret_key="r" * 40, plugins=",".join(BUNDLED))
    app = create_app(settings, immediate_jobs=True)
    app.testing, app.test_client_class = True, PortalClient
    with app.app_context():
        list(upgrade_all(app.extensions[EXTENSION]))
        with unit_of_work():
            load_small_network()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def race(postgres_app: Flask) -> Race:
    return Race(postgres_app)


@pytest.fixture
def made(postgres_app: Flask) -> Documented:
    """A published event of the test's own."""
    with postgres_app.app_context():
        postgres_app.extensions[EXTENSION].sync(force=True)
        return make_event(f"Treffen {next(NUMBERS)}", "wort", publish=True)


def section_address(made: Documented, choice: str = "public") -> str:
    return f"/events/{made.slug}/sections/{made.sections[choice]}/edit"


def test_a_section_saved_while_its_event_is_withdrawn_stays_closed(race: Race, made: Documented) -> None:
    data = {**SECTION, "text": "Emils Fassung", "version": 1}
    answer = race.run(lambda: events.withdraw_event(ME, made.event), section_address(made), data)
    assert answer.status_code == 302
    with race.app.app_context():
        section = session.get_one(Section, made.sections["public"])
        assert (section.text, section.audience, section.event.audience) == ("Emils Fassung", TEAM, TEAM)


def test_a_section_opened_while_its_event_is_withdrawn_stays_closed(race: Race, made: Documented) -> None:
    address = section_address(made, "team")
    answer = race.run(lambda: events.withdraw_event(ME, made.event), address, {**SECTION, "version": 1})
    assert answer.status_code == 302
    with race.app.app_context():
        section = session.get_one(Section, made.sections["team"])
        readers = {*section.audience, *(reader for pitch in section.pitches for reader in pitch.audience)}
        assert (section.audience_choice, readers) == ("public", set(TEAM))


def test_an_event_withdrawn_while_a_section_is_saved_closes_it(race: Race, made: Documented) -> None:
    def save() -> None:
        sections.update_section(ME, made.sections["team"], 1, {"audience_choice": "public"})

    assert race.run(save, f"/events/{made.slug}/withdraw", {}).status_code == 302
    with race.app.app_context():
        assert session.get_one(Section, made.sections["team"]).audience == TEAM


def _event(made: Documented) -> tuple[str, Callable[[], object], dict[str, Any]]:
    with_version = session.get_one(Event, made.event).version
    data = {**FORM, "title": "Emils Treffen", "version": with_version}
    return "edit", lambda: events.update_event(ME, made.event, with_version, {"title": "Annas Treffen"}), data


def _section(made: Documented) -> tuple[str, Callable[[], object], dict[str, Any]]:
    key = made.sections["public"]
    data = {**SECTION, "title": "Emils Treffen", "version": 1}
    return f"sections/{key}/edit", lambda: sections.update_section(ME, key, 1, {"title": "Annas Treffen"}), data


def _pitch(made: Documented) -> tuple[str, Callable[[], object], dict[str, Any]]:
    key, data = made.pitches["public"], {"title": "Emils Treffen", "organisation_id": "", "version": 1}
    return f"pitches/{key}/edit", lambda: pitches.update_pitch(ME, key, 1, {"title": "Annas Treffen"}), data


def _result(made: Documented) -> tuple[str, Callable[[], object], dict[str, Any]]:
    key = session.query(Result.id).filter_by(section_id=made.sections["public"]).scalar()
    data = {"kind": "finding", "text": "Emils Treffen", "version": 1}
    return f"results/{key}/edit", lambda: results.update_result(ME, key, 1, {"text": "Annas Treffen"}), data


@pytest.mark.parametrize("what", [_event, _section, _pitch, _result])
def test_who_saves_second_sees_both_texts(race: Race, made: Documented, what: Callable[..., Any]) -> None:
    with race.app.app_context():
        part, first, data = what(made)
    answer = race.run(first, f"/events/{made.slug}/{part}", data)
    assert answer.status_code == 409
    assert "Annas" in answer.text and "Emils Treffen" in answer.text
    assert "Saved meanwhile" in answer.text or "Gespeichert" in answer.text or "gespeichert" in answer.text


def test_who_changes_a_participation_second_sees_both(race: Race, made: Documented) -> None:
    with race.app.app_context():
        key = note_participant(Network(), made.event, "participant")
    first = {"role": "host", "organisation_id": None}
    data = {"role": "speaker", "organisation_id": "", "version": 1}
    answer = race.run(
        lambda: participations.update_participation(ME, key, 1, first),
        f"/events/{made.slug}/participations/{key}/edit",
        data,
    )
    assert answer.status_code == 409 and "Ausrichtung" in answer.text and "Vortrag" in answer.text


@pytest.mark.parametrize("what", [_section, _pitch, _result])
def test_a_part_saved_while_its_event_is_withdrawn_is_saved(race: Race, made: Documented, what: Any) -> None:
    with race.app.app_context():
        part, _first, data = what(made)
    answer = race.run(lambda: events.withdraw_event(ME, made.event), f"/events/{made.slug}/{part}", data)
    assert answer.status_code == 302


def test_one_form_sent_twice_at_once_makes_one_section(race: Race, made: Documented) -> None:
    key, address = "c" * 32, f"/events/{made.slug}/sections/new"
    first = lambda: sections.create_section(ME, made.event, SECTION, key)  # noqa: E731
    answer = race.run(first, address, {**SECTION, "once": key})
    with race.app.app_context():
        (section,) = session.query(Section).filter_by(form_key=key)
        assert answer.location == f"/events/{made.slug}/sections/{section.id}/edit"


def test_one_form_sent_twice_at_once_makes_one_event(race: Race, made: Documented) -> None:
    key, data = "d" * 32, {**FORM, "title": "Zugleich"}
    with race.app.app_context():
        values = {"title": "Zugleich", "starts_at": session.get_one(Event, made.event).starts_at}
    answer = race.run(lambda: events.create_event(ME, values, key), "/events/new", {**data, "once": key})
    assert (answer.status_code, answer.location) == (302, "/events/zugleich/edit/programme")


def test_two_events_of_one_title_at_once_get_two_addresses(race: Race, made: Documented) -> None:
    with race.app.app_context():
        values = {"title": "Gleicher Titel", "starts_at": session.get_one(Event, made.event).starts_at}
    answer = race.run(lambda: events.create_event(ME, values), "/events/new", {**FORM, "title": "Gleicher Titel"})
    assert answer.location == "/events/gleicher-titel-2/edit/programme"


def test_the_same_person_added_twice_at_once_stands_there_once(race: Race, made: Documented) -> None:
    first = lambda: participations.create_participation(ME, made.event, {"person": "Mia Mitglied"})  # noqa: E731
    answer = race.run(first, f"/events/{made.slug}/edit/participants", {"person": "Mia Mitglied", "role": "speaker"})
    assert answer.status_code == 422
    with race.app.app_context():
        assert session.query(Participation).filter_by(event_id=made.event).count() == 1


def test_a_section_deleted_meanwhile_is_not_brought_back(race: Race, made: Documented) -> None:
    key = made.sections["public"]
    answer = race.run(
        lambda: sections.delete_section(ME, key, 1), section_address(made), {**SECTION, "text": "x", "version": 1}
    )
    assert answer.status_code == 410
    with race.app.app_context():
        assert session.query(Pitch).filter_by(section_id=key).count() == 0


def test_an_event_withdrawn_while_a_file_is_deleted_is_withdrawn(race: Race, made: Documented) -> None:
    first = lambda: attachments.delete_file(ME, made.event, made.files["public"])  # noqa: E731
    assert race.run(first, f"/events/{made.slug}/withdraw", {}).status_code == 302
    with race.app.app_context():
        assert session.get_one(Event, made.event).state == "draft"


def test_who_describes_a_file_second_sees_both(race: Race, made: Documented) -> None:
    key, said = made.files["public"], Description(title="Annas Titel")
    first = lambda: attachments.update_file(ME, made.event, key, said, 1)  # noqa: E731
    address = f"/events/{made.slug}/files/{key}/edit"
    answer = race.run(first, address, {"title": "Emils Titel", "version": 1})
    assert answer.status_code == 409 and "Annas Titel" in answer.text and 'value="Emils Titel"' in answer.text


def test_a_file_deleted_while_it_is_described_gives_the_text_back(race: Race, made: Documented) -> None:
    first = lambda: attachments.delete_file(ME, made.event, made.files["public"])  # noqa: E731
    address = f"/events/{made.slug}/files/{made.files['public']}/edit"
    answer = race.run(first, address, {"title": "Emils Titel", "version": 1})
    assert answer.status_code == 410 and "Emils Titel" in answer.text


def test_a_file_deleted_twice_at_once_is_gone(race: Race, made: Documented) -> None:
    first = lambda: attachments.delete_file(ME, made.event, made.files["public"])  # noqa: E731
    answer = race.run(first, f"/events/{made.slug}/files/{made.files['public']}/delete", {})
    assert answer.status_code == 404
    with race.app.app_context():
        assert session.get(Attachment, made.files["public"]) is None
