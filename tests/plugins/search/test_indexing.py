from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plugins.search.index import IndexState
from plugins.search.models import SearchProgress
from plugins.search.services import changes, indexing
from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.access import system
from portal.sdk.database import session, unit_of_work, utcnow
from portal.sdk.hooks import announce_deleted, announce_saved
from tests.plugins.search.conftest import OpenIndex
from tests.plugins.search.documents import found, make_document
from tests.plugins.search.sources import Source


def note(type: str = "events.event", id: str = "1", is_deleted: bool = False) -> None:
    with unit_of_work():
        changes.note_change(type, id, is_deleted=is_deleted)


def test_index_changes_takes_in_what_was_saved(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn", at=utcnow()))
    note()
    assert indexing.index_changes(index) == 1
    assert found(index, "Bonn") == ["1"]
    assert changes.count_changes() == 0


def test_index_changes_reads_only_what_is_new(index: WhooshIndex, source: Source) -> None:
    note()
    indexing.index_changes(index)
    since = source.asked_since[-1]
    assert since is not None
    assert utcnow() - since < timedelta(minutes=3)


def test_index_changes_drops_what_was_deleted_and_what_went_along(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn"), make_document("2", "Bonn", type="events.section"))
    indexing.rebuild(index, lambda count: None)
    source.documents.clear()
    note(is_deleted=True)
    indexing.index_changes(index)
    assert found(index, "Bonn") == []


def test_changes_wait_while_the_index_is_missing(source: Source, open_index: OpenIndex) -> None:
    note()
    assert indexing.index_changes(open_index("none")) == 0
    assert changes.count_changes() == 1
    assert source.asked_since == []


def test_things_of_plugins_without_documents_are_not_queued(source: Source) -> None:
    note("search.thing")
    assert changes.count_changes() == 0


def test_things_of_the_core_concern_every_plugin(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn", at=utcnow()))
    note("files.attachment")
    indexing.index_changes(index)
    assert found(index, "Bonn") == ["1"]


def test_sweep_finds_what_a_lost_nudge_left(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn", at=utcnow()))
    indexing.sweep(index)
    assert found(index, "Bonn") == ["1"]


def test_sweep_compares_now_and_then(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn"))
    indexing.sweep(index)
    assert found(index, "Bonn") == []
    with unit_of_work():
        session.get_one(SearchProgress, "events").compared_at -= timedelta(hours=2)
    indexing.sweep(index)
    assert found(index, "Bonn") == ["1"]


@pytest.mark.parametrize("state", [IndexState.MISSING, IndexState.BROKEN])
def test_sweep_rebuilds_what_can_not_be_read(
    source: Source, open_index: OpenIndex, tmp_path: Path, state: IndexState
) -> None:
    source.put(make_document("1", "Bonn"))
    index = open_index("other")
    if state is IndexState.BROKEN:
        index.rebuild([], lambda count: None)
        next(path for path in (tmp_path / "other").iterdir() if path.is_dir()).joinpath("broken").touch()
    indexing.sweep(index)
    assert found(index, "Bonn") == ["1"]


def test_a_plugin_that_breaks_loses_nothing(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn"))
    indexing.rebuild(index, lambda count: None)
    source.documents.clear()
    source.breaks = True
    indexing.compare_plugin(index, "events")
    assert found(index, "Bonn") == ["1"]


def test_a_plugin_that_was_off_during_a_rebuild_is_read_when_it_is_back(source: Source, open_index: OpenIndex) -> None:
    source.put(make_document("1", "Bonn"))
    source.is_on = False
    index = open_index("other")
    indexing.rebuild(index, lambda count: None)
    source.is_on = True
    indexing.sweep(index)
    assert found(index, "Bonn") == ["1"]


def test_a_rebuild_without_any_plugin_keeps_the_index(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn"))
    indexing.rebuild(index, lambda count: None)
    source.is_on = False
    assert indexing.rebuild(index, lambda count: None) == 1
    assert found(index, "Bonn") == ["1"]


def test_what_changes_during_a_rebuild_is_in_the_new_index(index: WhooshIndex, source: Source) -> None:
    source.put(make_document("1", "Bonn"), make_document("2", "Bonn"))

    def change(count: int) -> None:
        if "2" in source.documents:
            del source.documents["2"]
            source.put(make_document("3", "Bonn", at=utcnow()))
            note(id="2", is_deleted=True)
            indexing.index_changes(index)

    indexing.rebuild(index, change)
    assert sorted(found(index, "Bonn")) == ["1", "3"]


def test_saving_a_thing_makes_it_findable(index: WhooshIndex, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.search.jobs.find_index", lambda: index)
    source.put(make_document("1", "Bonn", at=utcnow()))
    with unit_of_work():
        announce_saved(system(), "events.event", 1)
    assert found(index, "Bonn") == ["1"]
    with unit_of_work():
        source.documents.clear()
        announce_deleted(system(), "events.event", 1)
    assert found(index, "Bonn") == []
