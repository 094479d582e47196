from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.plan import plan_query
from plugins.search.query import (
    MAX_PREFIXES,
    MAX_WORDS,
    AnyOf,
    Clause,
    Hyphenated,
    Phrase,
    Prefix,
    Term,
    Word,
    read_query,
)

TYPES = {"event": "events.event", "veranstaltungen": "events.event"}


def clauses(text: str) -> tuple[Clause, ...]:
    return read_query(text, TYPES).clauses


def count_words(term: Clause | Term) -> int:
    match term:
        case Phrase(words) | Hyphenated(words):
            return len(words)
        case AnyOf(terms):
            return sum(map(count_words, terms))
    return 1


def test_words_are_all_required() -> None:
    assert clauses("Fachkraft gewinnen") == (Word("Fachkraft"), Word("gewinnen"))


def test_phrase() -> None:
    assert clauses('"Haus der Wirtschaft"') == (Phrase(("Haus", "der", "Wirtschaft")),)


def test_or_joins_its_neighbours() -> None:
    assert clauses("a OR b ODER c d") == (AnyOf((Word("a"), Word("b"), Word("c"))), Word("d"))


def test_minus_excludes() -> None:
    query = read_query('Region -Berlin -"alte Liste"')
    assert query.excluded == (Word("Berlin"), Phrase(("alte", "Liste")))


def test_star_asks_for_a_beginning() -> None:
    assert clauses("regio* ab*") == (Prefix("regio"), Word("ab"))


def test_type_narrows_when_it_is_known() -> None:
    query = read_query("type:event Typ:Veranstaltungen Bonn", TYPES)
    assert (query.clauses, query.types) == ((Word("Bonn"),), {"events.event"})


def test_odd_input_is_read_as_words() -> None:
    assert clauses('type:nix "offen OR') == (Word("type"), Word("nix"), Word("offen"))


def test_hyphens_keep_words_together() -> None:
    assert clauses("MINT-Bildung/Region") == (Hyphenated(("MINT", "Bildung")), Word("Region"))


def test_budget_of_words() -> None:
    assert sum(map(count_words, clauses("wort " * 50))) == MAX_WORDS


def test_budget_of_beginnings() -> None:
    found = [clause for clause in clauses("abc* " * 10) if isinstance(clause, Prefix)]
    assert len(found) == MAX_PREFIXES


@given(st.text(max_size=400))
def test_reading_never_fails_and_keeps_the_budgets(text: str) -> None:
    query = read_query(text, TYPES)
    plan_query(query)
    assert sum(map(count_words, (*query.clauses, *query.excluded))) <= MAX_WORDS


@given(st.lists(st.sampled_from(['"', "-", "OR", "a*", "type:event", "(", "[a TO z]", "~3", "*", "wort", "--"])))
def test_reading_never_fails_on_signs(pieces: list[str]) -> None:
    plan_query(read_query(" ".join(pieces), TYPES))
