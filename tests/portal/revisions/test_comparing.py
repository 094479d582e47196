"""What changed, word by word; snapshots are numbered and kept."""

from hypothesis import given
from hypothesis import strategies as st

from portal.database import unit_of_work
from portal.errors import Conflict, NotFound
from portal.revisions.services.comparing import compare, compare_words
from portal.revisions.services.snapshots import check_version, get_revision, list_revisions, record_revision
from portal.revisions.services.texts import tidy_text
from tests.fixtures.people import Network

import pytest  # isort: skip


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_pieces_rebuild_both_texts(before: str, after: str) -> None:
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_only_changed_fields_are_listed() -> None:
    changes = compare({"name": "a", "topics": ["x"], "gone": "g"}, {"name": "a", "topics": ["x", "y"]})
    assert [(change.name, change.before, change.after) for change in changes] == [
        ("topics", "x", "x\ny"),
        ("gone", "g", ""),
    ]


def test_texts_that_differ_only_in_the_ends_of_lines_are_the_same() -> None:
    assert compare({"text": "a\r\nb\n", "goals": ["c "]}, {"text": "a\nb", "goals": ["c"]}) == []


def test_a_tidy_text_is_what_a_form_sends_back() -> None:
    assert tidy_text(" a\0\r\nb\rc  \n\n") == "a\nb\nc"
    assert tidy_text(None) == ""


def test_revisions_are_numbered_per_thing(network: Network) -> None:
    member = network.actor("editor")
    with unit_of_work():
        for text in ("a", "b", "b"):
            record_revision(member, "test.thing", 7, {"text": text})
        record_revision(member, "test.thing", 8, {"text": "other"})
    found, rest = list_revisions("test.thing", 7)
    assert [(one.number, one.data["text"]) for one in found] == [(2, "b"), (1, "a")]
    assert rest is None and found[0].author and found[0].author.name == "Ines Initiative"


def test_an_unknown_revision_is_not_found(network: Network) -> None:
    with pytest.raises(NotFound):
        get_revision("test.thing", 7, 1)


def test_an_edit_on_an_old_version_is_a_conflict() -> None:
    with pytest.raises(Conflict) as caught:
        check_version(1, 2, theirs="text")
    assert caught.value.details == {"theirs": "text"}
