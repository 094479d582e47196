from __future__ import annotations

from plugins.search.services import indexing, searching
from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.access import anonymous
from portal.sdk.contributions import SearchDocument
from tests.fixtures.people import Network
from tests.plugins.search.documents import make_document
from tests.plugins.search.sources import Source


def fill(index: WhooshIndex, source: Source, *documents: SearchDocument) -> None:
    source.put(*documents)
    indexing.rebuild(index, lambda count: None)


def ids(results: searching.Results) -> list[str]:
    return [one.hit.id for one in results.results]


def test_search_finds_what_the_member_may_read(index: WhooshIndex, source: Source, network: Network) -> None:
    number = network.organisation("nordwerk").id
    fill(index, source, make_document("1", "Bonn", readers=[f"organisation:{number}"]))
    assert ids(searching.search(network.actor("editor"), index, "Bonn")) == ["1"]
    assert ids(searching.search(network.actor("other"), index, "Bonn")) == []
    assert ids(searching.search(anonymous(), index, "Bonn")) == []


def test_search_hides_what_became_unreadable_before_the_index_knows(index: WhooshIndex, source: Source) -> None:
    fill(index, source, make_document("1", "Bonn"), make_document("2", "Bonn"))
    source.put(make_document("1", "Bonn", readers=["member:1"]))
    found = searching.search(anonymous(), index, "Bonn")
    assert (ids(found), found.total, found.kinds.numbers) == (["2"], 1, {"events.event": 1})


def test_search_hides_hits_of_a_plugin_that_is_off(index: WhooshIndex, source: Source) -> None:
    fill(index, source, make_document("1", "Bonn"))
    source.is_on = False
    found = searching.search(anonymous(), index, "Bonn")
    assert (found.results, found.total) == ((), 0)


def test_search_narrows_to_a_type_by_parameter_and_by_word(index: WhooshIndex, source: Source) -> None:
    fill(index, source, make_document("1", "Bonn"), make_document("2", "Bonn", type="events.section"))
    assert ids(searching.search(anonymous(), index, "Bonn", ["events.section"])) == ["2"]
    assert ids(searching.search(anonymous(), index, "Bonn type:section")) == ["2"]
    assert ids(searching.search(anonymous(), index, "Bonn Typ:Veranstaltungen")) == ["1"]


def test_search_of_nothing_finds_nothing(index: WhooshIndex, source: Source) -> None:
    found = searching.search(anonymous(), index, '  "" * ')
    assert found.query.is_empty()
    assert found.is_ready


def test_pages_end(index: WhooshIndex, source: Source) -> None:
    fill(index, source, *(make_document(str(number), "Bonn") for number in range(25)))
    first, second = (searching.search(anonymous(), index, "Bonn", page=page) for page in (1, 2))
    assert (len(first.results), first.has_more) == (20, True)
    assert (len(second.results), second.has_more) == (5, False)
