"""Services ask who acts, and protected rows are read in the queries alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import plugins.events
from plugins.events.forms import pitch_values, result_values
from plugins.events.models import Section
from plugins.events.services import pitches, queries, results, sections, versions
from plugins.events.services.people import find_person
from portal.permissions.actor import Actor, system
from portal.sdk.database import session, unit_of_work
from portal.sdk.errors import Forbidden, Invalid
from portal.sdk.files import Attachment
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented

Login = Callable[[str], PortalClient]
DOCUMENTER = Actor(id=1, permissions=frozenset({"events.edit"}))
SERVICES = Path(plugins.events.__file__).parent / "services"


def reads(path: Path) -> bool:
    """Whether the module makes statements that read."""
    imported = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    return any(name.name == "select" for node in imported for name in node.names)


def test_only_the_queries_read_rows() -> None:
    paths = sorted(SERVICES.rglob("*.py"))
    assert [path.name for path in paths if reads(path) and path.parent.name != "queries"] == []
    assert sum(map(reads, paths)) >= 5


def test_versions_are_for_who_documents_events(published: Documented, network: Network) -> None:
    row, member = session.get_one(Section, published.sections["public"]), network.actor("member")
    with pytest.raises(Forbidden):
        versions.list_versions(member, row)
    with pytest.raises(Forbidden):
        versions.compare_versions(member, row, 1, 1)
    with pytest.raises(Forbidden):
        versions.restore_version(member, "section", row, 1, 1, "")


def test_find_person_is_for_who_documents_events(network: Network) -> None:
    with pytest.raises(Forbidden):
        find_person(network.actor("member"), "Paul Teilnehmer", "presenter")


def test_find_person_by_address_needs_the_right_to_see_it(network: Network) -> None:
    found = find_person(network.actor("editorial"), "Participant@netz.example", "presenter")
    assert found and found.name == "Paul Teilnehmer"
    with pytest.raises(Invalid):
        find_person(DOCUMENTER, "participant@netz.example", "presenter")


def test_find_person_finds_the_disabled_only_for_who_may_see_all(network: Network) -> None:
    assert find_person(network.actor("editorial"), "Dora Gesperrt", "presenter")
    with pytest.raises(Invalid):
        find_person(DOCUMENTER, "Dora Gesperrt", "presenter")


def test_forms_show_addresses_only_to_who_may_see_them(published: Documented, network: Network) -> None:
    person, number = network.member("disabled"), published.sections["public"]
    with unit_of_work():
        pitch = pitches.create_pitch(system(), number, {"title": "Pitch", "presenter_id": person.id})
        result = results.create_result(system(), number, {"kind": "finding", "text": "x", "author_id": person.id})
    assert pitch_values(network.actor("editorial"), pitch)["presenter"] == "disabled@netz.example"
    assert pitch_values(DOCUMENTER, pitch)["presenter"] == "Dora Gesperrt"
    assert result_values(DOCUMENTER, result)["author"] == "Dora Gesperrt"


def test_who_stood_there_stays_by_name_alone(published: Documented, network: Network) -> None:
    person = network.member("disabled")
    assert find_person(DOCUMENTER, "Dora Gesperrt", "presenter", person) is person


def test_a_save_touches_only_what_it_changes(published: Documented) -> None:
    def moments() -> dict[int, object]:
        session.expire_all()
        return {file.id: file.changed_at for file in session.query(Attachment)}

    before = moments()
    with unit_of_work():
        sections.update_section(system(), published.sections["public"], 1, {"text": "neu"})
    assert moments() == before
    with unit_of_work():
        sections.update_section(system(), published.sections["public"], 2, {"audience_choice": "team"})
    after = moments()
    assert {key for key in after if after[key] != before[key]} == {published.files["public"]}


def test_a_save_writes_few_rows(published: Documented, statements: list[str]) -> None:
    with unit_of_work():
        statements.clear()
        sections.update_section(system(), published.sections["public"], 1, {"text": "neu"})
        assert not [one for one in statements if one.startswith("UPDATE attachment")]


def test_get_pitch_is_for_its_readers(published: Documented, login: Login, client: PortalClient) -> None:
    base = f"/events/{published.slug}/pitches"
    assert "gesehenpublicpitch" in client.get(f"{base}/{published.pitches['public']}").text
    assert client.get(f"{base}/{published.pitches['inherit']}").status_code == 404
    page = login("member").get(f"{base}/{published.pitches['inherit']}").text
    assert "gesehenteam" not in page and "gesehenparticipants" not in page


def test_a_pitch_under_another_events_address_is_not_there(
    published: Documented, draft: Documented, login: Login
) -> None:
    address = f"/events/{draft.slug}/pitches/{published.pitches['public']}"
    assert login("editorial").get(address).status_code == 404
    assert queries.get_pitch(system(), published.slug, published.pitches["public"]).title == "gesehenpublicpitch"
