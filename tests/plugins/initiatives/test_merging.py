from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugins.initiatives.services.merging import Merge, merge

FIELDS = ("claim", "summary", "goals")
contents = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in FIELDS})
Content = dict[str, Any]


@given(contents, contents, contents)
def test_merge_loses_no_change(base: Content, mine: Content, theirs: Content) -> None:
    joined = merge(base, mine, theirs)
    for name in FIELDS:
        if mine[name] != base[name]:
            assert joined.values[name] == mine[name]
        elif theirs[name] != base[name]:
            assert joined.values[name] == theirs[name]


@given(contents, contents, contents)
def test_merge_names_every_field_that_both_changed_differently(base: Content, mine: Content, theirs: Content) -> None:
    clashes = {name for name in FIELDS if len({base[name], mine[name], theirs[name]}) == 3}
    assert set(merge(base, mine, theirs).clashes) == clashes


@given(contents, contents)
def test_merge_without_their_changes_gives_mine(base: Content, mine: Content) -> None:
    assert merge(base, mine, base) == merge(base, mine, dict(mine))
    assert merge(base, mine, base).values == mine


def test_merge_with_unknown_base_lets_every_difference_clash() -> None:
    assert merge({}, {"claim": "a", "summary": "s"}, {"claim": "b", "summary": "s"}).clashes == ["claim"]


def test_merge_takes_a_text_that_only_a_browser_changed_for_untouched() -> None:
    base = {"claim": "a\r\nb \n", "topics": ["x", "y"]}
    theirs = {"claim": "c\n", "topics": ["z"]}
    joined = merge(base, {"claim": "a\nb", "topics": ["y", "x"]}, theirs)
    assert joined == Merge({"claim": "c", "topics": ["z"]}, [])


def test_merge_takes_their_same_text_in_other_lines_for_untouched() -> None:
    joined = merge({"claim": "a\n"}, {"claim": "b"}, {"claim": "a"})
    assert joined == Merge({"claim": "b"}, [])
