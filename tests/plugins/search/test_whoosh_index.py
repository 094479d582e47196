from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from plugins.search.index import IndexNotReady, IndexState
from portal.sdk.contributions import SearchDocument
from tests.plugins.search.conftest import Build, OpenIndex
from tests.plugins.search.documents import A_DAY, MEMBER, OTHER, ask, found, make_document


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Fachkraft", "Strategien zur Fachkräftegewinnung"),
        ("Gewinnung", "Strategien zur Fachkräftegewinnung"),
        ("Fachkräftegewinnung", "Gewinnung von Fachkräften"),
        ("Standortstärkung", "Stärkung der Standorte"),
        ("Gewinnungsstrategie", "Fachkräftegewinnungsstrategie"),
        ("Goettingen", "Ein Treffen in Göttingen"),
        ("gottingen", "Ein Treffen in Göttingen"),
        ("Mitarbeiterinnen", "Alle Mitarbeiter:innen"),
        ("Bürger", "Dialog mit Bürger*innen"),
        ("MINT-Bildung", "Mehr MINT-Bildung"),
        ("Mintbildung", "Mehr MINT-Bildung"),
        ("E-Mail", "Bitte per Email"),
        ("Email", "Bitte per E-Mail"),
        ("e.V.", "Innovationsregion Hohenlohe e. V."),
        ("Industrie 4.0", "Wege zur Industrie 4.0"),
        ('"Deutschen Wirtschaft"', "Haus der Deutschen Wirtschaft"),
        ('"Haus der Wirtschaft"', "Haus der Wirtschaft"),
        ("netzwerktr*", "Das Netzwerktreffen"),
        ("net*", "Das Netzwerktreffen"),
        ("die Zukunft", "Wir reden über Zukunft"),
        ("Berlin OR Bonn", "Rundgang in Bonn"),
        ("Bonn -Berlin", "Rundgang in Bonn"),
    ],
)
def test_search_finds(build: Build, asked: str, text: str) -> None:
    assert found(build(make_document("1", text)), asked) == ["1"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ('"Wirtschaft Haus"', "Haus der Wirtschaft"),
        ("netzwerkx*", "Das Netzwerktreffen"),
        ("Bonn -Rundgang", "Rundgang in Bonn"),
        ("Bonn Berlin", "Rundgang in Bonn"),
        ("Fachkraft", "Fachleute mit viel Kraft"),
        ("Standortstärkung", "Standort und sonst noch sehr viel Text, dann Stärkung"),
        ("die der das", "die der das"),
    ],
)
def test_search_does_not_find(build: Build, asked: str, text: str) -> None:
    assert found(build(make_document("1", text)), asked) == []


def test_english_documents_go_through_the_english_chain(build: Build) -> None:
    index = build(make_document("1", "Companies visit one another", language="en"))
    assert found(index, "company") == ["1"]


def test_whole_words_come_before_parts_and_titles_before_texts(build: Build) -> None:
    index = build(
        make_document("part", "Ein Netzwerktreffen mit vielen"),
        make_document("word", "Ein Treffen mit vielen"),
        make_document("title", "Ein Abend mit vielen", title="Treffen"),
    )
    assert found(index, "Treffen") == ["title", "word", "part"]


def test_counts_by_type_do_not_depend_on_the_chosen_type(build: Build) -> None:
    index = build(make_document("1", "Bonn"), make_document("2", "Bonn", type="initiatives.profile"))
    answer = ask(index, "Bonn type:event")
    assert ([hit.id for hit in answer.hits], answer.total) == (["1"], 1)
    assert answer.types.numbers == {"events.event": 1, "initiatives.profile": 1}


def test_types_of_plugins_that_are_off_do_not_exist(build: Build) -> None:
    index = build(make_document("1", "Bonn"), make_document("2", "Bonn", type="initiatives.profile"))
    answer = ask(index, "Bonn", types=frozenset({"events.event"}))
    assert (answer.total, answer.types.numbers) == (1, {"events.event": 1})


def test_documents_that_lead_to_one_place_are_one_hit(build: Build) -> None:
    index = build(
        make_document("1", "Bonn", url="/events/bonn"),
        make_document("1-internal", "Bonn und Bonn", url="/events/bonn", readers=["member"]),
    )
    assert (found(index, "Bonn"), found(index, "Bonn", MEMBER)) == (["1"], ["1-internal"])
    assert ask(index, "Bonn", MEMBER).types.numbers == {"events.event": 1}


def test_order_by_date(build: Build) -> None:
    index = build(*(make_document(str(n), "Bonn", at=A_DAY + timedelta(days=n)) for n in (1, 3, 2)))
    assert [hit.id for hit in ask(index, "Bonn", order="date").hits] == ["3", "2", "1"]


def test_pages_do_not_overlap(build: Build) -> None:
    index = build(*(make_document(str(n), "Bonn") for n in range(30)))
    pages = [{hit.id for hit in ask(index, "Bonn", offset=offset).hits} for offset in (0, 20)]
    assert [len(page) for page in pages] == [20, 10]
    assert len(pages[0] | pages[1]) == 30


def test_add_takes_the_place_of_what_was_there(build: Build) -> None:
    index = build(make_document("1", "alt"))
    index.add([make_document("1", "neu", readers=["member"])])
    assert (found(index, "alt", MEMBER), found(index, "neu", MEMBER), found(index, "neu")) == ([], ["1"], [])


def test_remove(build: Build) -> None:
    index = build(make_document("1", "Bonn"), make_document("2", "Bonn"))
    index.remove([("events.event", "1"), ("events.event", "unknown")])
    assert found(index, "Bonn") == ["2"]
    assert list(index.list_versions()) == [("events.event", "2")]


def test_readers(build: Build) -> None:
    index = build(
        make_document("all", "Bonn"),
        make_document("members", "Bonn", readers=["member"]),
        make_document("ours", "Bonn", readers=["organisation:1"]),
    )
    assert set(found(index, "Bonn")) == {"all"}
    assert set(found(index, "Bonn", OTHER)) == {"all", "members"}
    assert set(found(index, "Bonn", MEMBER)) == {"all", "members", "ours"}


def test_one_index_serves_what_another_process_wrote(build: Build, open_index: OpenIndex) -> None:
    reading = build(make_document("1", "Bonn"))
    assert found(reading, "Bonn") == ["1"]
    open_index("built").add([make_document("2", "Bonn")])
    assert set(found(reading, "Bonn")) == {"1", "2"}


def test_rebuild_takes_the_place_of_the_old_index(build: Build, open_index: OpenIndex, tmp_path: Path) -> None:
    index = build(make_document("1", "Bonn"))
    assert found(index, "Bonn") == ["1"]
    open_index("built").rebuild([make_document("2", "Bonn")], lambda count: None)
    assert found(index, "Bonn") == ["2"]
    assert len([path for path in (tmp_path / "built").iterdir() if path.is_dir()]) == 1


def test_the_old_index_answers_during_a_rebuild(build: Build) -> None:
    index = build(make_document("1", "Bonn"))
    seen: list[list[str]] = []

    def documents() -> Iterator[SearchDocument]:
        seen.append(found(index, "Bonn"))
        yield make_document("2", "Bonn")

    index.rebuild(documents(), lambda count: None)
    assert seen == [["1"]]


def test_missing_index_is_not_ready(open_index: OpenIndex) -> None:
    index = open_index("none")
    assert index.status().state is IndexState.MISSING
    assert not ask(index, "Bonn").is_ready
    with pytest.raises(IndexNotReady):
        index.add([make_document("1")])


@pytest.mark.parametrize("harm", ["truncate", "garbage", "delete"])
def test_harmed_index_is_not_ready_and_a_rebuild_heals_it(build: Build, tmp_path: Path, harm: str) -> None:
    index = build(make_document("1", "Bonn"))
    for path in (tmp_path / "built").glob("*/public/*"):
        if path.suffix in {".pst", ".trm", ".toc"}:
            harm_file(path, harm)
    assert not ask(index, "Bonn").is_ready
    assert index.status().state is IndexState.BROKEN
    index.rebuild([make_document("1", "Bonn")], lambda count: None)
    assert found(index, "Bonn") == ["1"]


def harm_file(path: Path, harm: str) -> None:
    match harm:
        case "truncate":
            path.write_bytes(path.read_bytes()[:7])
        case "garbage":
            path.write_bytes(os.urandom(path.stat().st_size))
        case "delete":
            path.unlink()


def test_index_of_another_make_is_not_read(build: Build, tmp_path: Path) -> None:
    index = build(make_document("1", "Bonn"))
    pointer = tmp_path / "built" / "current"
    pointer.write_text(pointer.read_text().split()[0] + " older")
    assert index.status().state is IndexState.OUTDATED
    assert not ask(index, "Bonn").is_ready


def test_index_folder_that_others_can_reach_is_not_read(build: Build, tmp_path: Path) -> None:
    index = build(make_document("1", "Bonn"))
    (tmp_path / "built").chmod(0o755)
    assert not ask(index, "Bonn").is_ready


def test_status_counts_documents(build: Build) -> None:
    status = build(make_document("1"), make_document("2", readers=["member"])).status()
    assert (status.state, status.documents, status.is_rebuilding) == (IndexState.READY, 2, False)


def test_parts_of_a_text_stay_apart_on_one_line(build: Build) -> None:
    index = build(make_document("1", "Wir reden.\n\nBonn\n \nKöln und\nder Rhein"))
    assert ask(index, "Rhein").hits[0].snippet.striptags() == "Wir reden. Bonn · Köln und der Rhein"
    assert found(index, '"Bonn Köln"') == ["1"]
