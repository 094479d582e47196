"""What the search gets to know, and who may find it."""

from __future__ import annotations

import pytest

from plugins.events.models import Event, Pitch, Section
from plugins.events.services import events, results, search
from plugins.events.services.queries import documents as queries_of_documents
from portal.permissions.actor import anonymous, system
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session, unit_of_work, utcnow
from tests.fixtures.people import Network
from tests.plugins.events.conftest import Documented

TEAM = {"permission:events.edit"}


def documents(since: object = None) -> dict[tuple[str, str], SearchDocument]:
    return {(one.type, one.id): one for one in search.stream_documents(since)}  # type: ignore[arg-type]


def test_each_document_has_the_readers_of_its_row(published: Documented) -> None:
    found = documents()
    expected = {"public": {"public"}, "inherit": {"member"}, "team": TEAM}
    for choice, readers in expected.items():
        assert found["events.section", str(published.sections[choice])].readers == readers
        assert found["events.pitch", str(published.pitches[choice])].readers == readers
        assert found["events.attachment", str(published.files[choice])].readers == readers


def test_the_internal_part_is_no_part_of_the_public_document(published: Documented) -> None:
    found = documents()
    public, internal = (found["events.event", f"{published.event}{end}"] for end in ("", "-internal"))
    assert public.readers == {"public"} and "geseheninternal" not in public.body
    assert internal.readers == {"member"} and "geseheninternal" in internal.body


def test_reading_goes_on_over_batches_and_other_peoples_commits(
    published: Documented, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = documents().keys()
    monkeypatch.setattr(queries_of_documents, "BATCH", 1)
    reading, found = search.stream_documents(None), []
    for one in reading:
        session.commit()  # a cursor would end here
        found.append((one.type, one.id))
    assert sorted(found) == sorted(expected) and len(expected) > 6


def test_documents_of_a_draft_are_the_teams(draft: Documented) -> None:
    assert {one.readers for one in documents().values()} == {frozenset(TEAM)}


def test_the_text_inside_files_and_results_can_be_found(published: Documented) -> None:
    found = documents()
    assert "geseheninheritfile innen" in found["events.attachment", str(published.files["inherit"])].body
    assert "geseheninheritresult" in found["events.section", str(published.sections["inherit"])].body


def test_publishing_gives_every_document_anew(draft: Documented, network: Network) -> None:
    moment = utcnow()
    assert documents(moment) == {}
    with unit_of_work():
        events.publish_event(network.actor("editorial"), draft.event)
    assert documents(moment).keys() == documents().keys()


def test_a_new_result_gives_its_section_anew(published: Documented) -> None:
    moment = utcnow()
    with unit_of_work():
        results.create_result(system(), published.sections["team"], {"kind": "insight", "text": "Heureka"})
    changed = documents(moment)
    assert "Heureka" in changed["events.section", str(published.sections["team"])].body
    assert ("events.section", str(published.sections["public"])) not in changed


def test_find_readable_is_one_statement_for_each_type(
    published: Documented, draft: Documented, network: Network, statements: list[str]
) -> None:
    keys = list(documents())
    member = network.actor("member")
    assert member.principals
    statements.clear()
    readable = search.find_readable(member, keys)
    assert len(statements) == 4
    assert ("events.event", f"{published.event}-internal") in readable
    assert ("events.event", str(draft.event)) not in readable


def test_the_public_finds_only_what_is_public(published: Documented, draft: Documented) -> None:
    found = documents()
    readable = search.find_readable(anonymous(), [*found, ("events.event", "nonsense"), ("other.thing", "1")])
    assert readable == {key for key, one in found.items() if "public" in one.readers}


def test_addresses_lead_to_the_thing(published: Documented) -> None:
    found = documents()
    section = published.sections["public"]
    assert found["events.section", str(section)].url == f"/events/{published.slug}#section-{section}"
    assert found["events.pitch", str(published.pitches["public"])].path.startswith("Offenes Treffen › ")
    assert {session.get(model, 1) is not None for model in (Event, Section, Pitch)} == {True}
