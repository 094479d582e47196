from __future__ import annotations

import pytest

from plugins.search.highlighting import Highlighter
from plugins.search.plan import plan_query
from plugins.search.query import read_query


def highlight(asked: str, text: str) -> str:
    return str(Highlighter(plan_query(read_query(asked))).make_snippet(text))


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("Fachkraft", "die Fachkräftegewinnung", "die <mark>Fachkräftegewinnung</mark>"),
        ("goettingen", "in Göttingen heute", "in <mark>Göttingen</mark> heute"),
        ("Göttingen", "in Goettingen heute", "in <mark>Goettingen</mark> heute"),
        ("regio*", "Regionen im Dialog", "<mark>Regionen</mark> im Dialog"),
        ("Bürgerinnen", "Bürger*innen reden", "<mark>Bürger*innen</mark> reden"),
        ("Straße", "STRASSE und Straße", "<mark>STRASSE</mark> und <mark>Straße</mark>"),
        ('"Haus der Wirtschaft"', "der Abend im Haus", "der Abend im <mark>Haus</mark>"),
        ("Bonn", "ohne Treffer", "ohne Treffer"),
    ],
)
def test_words_found_are_marked(asked: str, text: str, marked: str) -> None:
    assert highlight(asked, text) == marked


def test_text_is_escaped_before_it_is_marked() -> None:
    assert highlight("Bonn", '<script>alert("Bonn")</script>') == (
        "&lt;script&gt;alert(&#34;<mark>Bonn</mark>&#34;)&lt;/script&gt;"
    )


def test_snippet_is_taken_from_where_the_words_are() -> None:
    snippet = highlight("Nadel", "Heu " * 500 + "eine Nadel " + "Heu " * 500)
    assert "<mark>Nadel</mark>" in snippet
    assert len(snippet) < 300
    assert (snippet[0], snippet[-1]) == ("…", "…")


def test_snippet_prefers_the_place_with_most_different_words() -> None:
    text = "Region. " + "Text. " * 100 + "Dialog der Region."
    assert "<mark>Dialog</mark> der <mark>Region</mark>" in highlight("Region Dialog", text)
