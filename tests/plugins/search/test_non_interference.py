"""What somebody may not read changes nothing of what they get: neither order, scores, counts nor snippets.

Two indexes are compared. One was built from what the reader may read and nothing else; the other went through a
history of additions, changes and removals, among them documents that the reader may not read, so its segments,
deletions and statistics are all different.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.search.index import SearchAnswer
from plugins.search.strata import Stratum
from plugins.search.whoosh_index import WhooshIndex, engine
from plugins.search.whoosh_index.matching import Doc
from plugins.search.whoosh_index.selection import Selector
from portal.sdk.contributions import SearchDocument
from tests.plugins.search.documents import OTHER, PUBLIC, ask, make_document

WORDS = "Region Regionen Bonn Netzwerktreffen Treffen Netzwerk Fachkraft Fachkräftegewinnung Gewinnung Geheimnis"
QUESTIONS = [
    *("region", "treffen", "netzwerk bonn", "fachkraft OR bonn", "bonn -region", "reg*", "netzwerktr*"),
    *('"region bonn"', "geheimnis", "gewinnung", "fachkräftegewinnung", "type:event region"),
]
READERS = [["public"], ["member"], ["organisation:2"], ["organisation:1"], ["member:1", "organisation:1"]]

texts = st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)
documents = st.builds(
    make_document,
    st.sampled_from("abcdefgh"),
    texts,
    title=texts,
    readers=st.sampled_from(READERS),
    type=st.sampled_from(["events.event", "initiatives.profile"]),
)
removals = st.tuples(st.sampled_from(["events.event", "initiatives.profile"]), st.sampled_from("abcdefgh"))
histories = st.lists(st.one_of(documents, documents, removals), max_size=14)


def replay(index: WhooshIndex, history: list[SearchDocument | tuple[str, str]], bulk: int) -> None:
    """Goes through a history: the first part as one rebuild, the rest step by step."""
    first = [step for step in history[:bulk] if isinstance(step, SearchDocument)]
    index.rebuild(first, lambda count: None)
    for step in history[bulk:]:
        index.add([step]) if isinstance(step, SearchDocument) else index.remove([step])


def outcome(history: list[SearchDocument | tuple[str, str]], bulk: int) -> list[SearchDocument]:
    """The documents that are there at the end; a rebuild keeps the first of a name, an addition the last."""
    there: dict[tuple[str, str], SearchDocument] = {}
    for number, step in enumerate(history):
        if not isinstance(step, SearchDocument):
            there = there if number < bulk else {key: one for key, one in there.items() if key != step}
        elif number >= bulk or (step.type, step.id) not in there:
            there[step.type, step.id] = step
    return list(there.values())


def answers(index: WhooshIndex, principals: frozenset[str]) -> list[SearchAnswer]:
    return [ask(index, text, principals) for text in QUESTIONS]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def compare(
    folder: Path, history: list[SearchDocument | tuple[str, str]], bulk: int, principals: frozenset[str]
) -> bool:
    """True when the reader gets the same from the index with a past as from one of what they may read."""
    eventful, plain = WhooshIndex(folder / "eventful"), WhooshIndex(folder / "plain")
    try:
        replay(eventful, history, bulk)
        own = [one for one in outcome(history, bulk) if one.readers & principals]
        plain.rebuild(own, lambda count: None)
        return answers(eventful, principals) == answers(plain, principals)
    finally:
        eventful.close()
        plain.close()


@pytest.mark.parametrize("principals", [PUBLIC, OTHER], ids=["public", "member"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, bulk=st.integers(0, 8))
def test_hidden_documents_change_nothing(
    folder: Path, principals: frozenset[str], history: list[SearchDocument | tuple[str, str]], bulk: int
) -> None:
    assert compare(folder, history, bulk, principals)


class LeakySelector(Selector):
    """Takes its figures from everything there is, as a plain filter on the hits would."""

    def _list_sample(self) -> Iterator[Doc]:
        return merge(*map(self._list_open, range(len(self.views))), key=self._order_of)


def test_the_comparison_sees_a_leak_through_statistics(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "Selector", LeakySelector)
    hidden = [make_document(str(n), "Region Bonn", readers=["organisation:1"]) for n in range(5)]
    assert not compare(folder, [make_document("a", "Region im Gespräch"), *hidden], 6, PUBLIC)


def test_the_comparison_sees_a_leak_through_hits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "list_open_strata", lambda principals: tuple(Stratum))
    assert not compare(folder, [make_document("a", "Region", readers=["organisation:1"])], 1, PUBLIC)
