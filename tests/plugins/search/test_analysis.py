from __future__ import annotations

import pytest

from plugins.search.analysis.chain import analyze_text, chain_of, find_word_terms, stem
from plugins.search.analysis.compounds import list_parts, split_compound
from plugins.search.analysis.folding import fold
from plugins.search.analysis.tokens import split_words


def stems(text: str, language: str = "de") -> list[str]:
    return list(analyze_text(text, language).positions)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Göttingen", "Goettingen", "Gottingen", "GÖTTINGEN"),
        ("Straße", "Strasse", "STRASSE"),
        ("Häuser", "Haeuser", "hauser"),
        ("Café", "Cafe"),
    ],
)
def test_fold_makes_spellings_equal(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("word", "folded"), [("Bauer", "bauer"), ("neue", "neue"), ("Quelle", "quelle")])
def test_fold_leaves_an_e_that_belongs_to_the_next_syllable(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_fold_leaves_english_digraphs() -> None:
    assert fold("value", "en") == "value"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mitarbeiter:innen", [("Mitarbeiter", "Mitarbeiterinnen")]),
        ("Bürger*innen", [("Bürger", "Bürgerinnen")]),
        ("LehrerInnen", [("Lehrer", "Lehrerinnen")]),
        ("Lehrer/-in", [("Lehrer", "Lehrerin")]),
        ("jede:r", [("jede",)]),
        ("Innovationsregion e. V.", [("Innovationsregion",), ("eV",)]),
        ("Industrie 4.0", [("Industrie",), ("4.0",)]),
        ("am 5.9.2023", [("am",), ("5",), ("9",), ("2023",)]),
        ("CO2-Bilanz", [("CO2",), ("Bilanz",)]),
    ],
)
def test_split_words_knows_german_spellings(text: str, words: list[tuple[str, ...]]) -> None:
    assert [token.spellings for token in split_words(text)] == words


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Netzwerktreffen", ("netzwerk", "treffen")),
        ("Ausbildungsmesse", ("ausbildungs", "messe")),
        ("Wertschöpfungskette", ("wertschopfungs", "kette")),
        ("Veranstaltung", ()),
        ("Verantwortung", ()),
        ("Unternehmen", ()),
        ("Mittel", ()),
    ],
)
def test_split_compound(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(fold(word)) == parts


def test_list_parts_names_what_neighbours_make_together() -> None:
    assert {stem(part, "de") for part in list_parts(fold("Fachkräftegewinnung"))} >= {"fachkraft", "gewinn"}


def test_hyphenated_compound_is_also_known_as_one_word() -> None:
    assert analyze_text("MINT-Bildung", "de").parts["mintbild"] == [1]


def test_stop_words_leave_a_gap() -> None:
    positions = analyze_text("Haus der Wirtschaft", "de").positions
    assert positions == {"haus": [0], "wirtschaft": [2]}


def test_abbreviations_in_capitals_are_no_stop_words() -> None:
    assert find_word_terms(("IT",), "en").stems == ("it",)
    assert find_word_terms(("it",), "en").stems == ()


def test_documents_go_through_the_chain_of_their_language() -> None:
    assert (chain_of("en-GB"), chain_of("de"), chain_of(None)) == ("en", "de", "de")
    assert stems("companies", "en") == stems("company", "en")
