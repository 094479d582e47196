"""Templates compiled for a language and a set of plugins: constants are computed once, everything else as ever."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g, render_template
from flask_babel import force_locale
from jinja2 import DictLoader

from portal.permissions.actor import system
from portal.plugin_host.lifecycle import Lifecycle
from tests.fixtures.foreign import host_of

Render = Callable[..., str]


@pytest.fixture
def render(guest_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Render:
    """Renders a template's text in a language, keeping what was compiled before."""
    given: dict[str, str] = {}
    monkeypatch.setattr(guest_app.jinja_env, "loader", DictLoader(given))

    def render_text(text: str, locale: str = "de", name: str = "page.html", **values: Any) -> str:
        given.setdefault(name, text)
        with guest_app.test_request_context(), force_locale(locale):
            return render_template(name, **values)

    return render_text


def test_each_language_has_its_own_words(render: Render) -> None:
    assert [render('{{ _("Log in") }}', locale) for locale in ("de", "en", "de")] == ["Anmelden", "Log in", "Anmelden"]


def test_variables_of_a_sentence_are_filled_in_and_escaped(render: Render) -> None:
    page = '{{ _("Account of %(name)s", name=person) }}'
    assert render(page, person="<b>Ada</b>") == "Konto von &lt;b&gt;Ada&lt;/b&gt;"
    assert render(page, person="Ben") == "Konto von Ben"


def test_a_text_mail_is_not_escaped(render: Render) -> None:
    assert render('{{ _("Account of %(name)s", name=person) }}', name="mail.txt", person="A & B") == "Konto von A & B"


def test_a_plugins_words_leave_compiled_templates_with_it(render: Render, guest_app: Flask) -> None:
    assert render('{{ _("Write notes") }}') == "Notizen schreiben"
    Lifecycle(host_of(guest_app)).disable(system(), "notes")
    assert render('{{ _("Write notes") }}') == "Write notes"


def test_a_plugins_address_leaves_compiled_templates_with_it(render: Render, guest_app: Flask) -> None:
    assert render('{{ plugin_url("notes.note_list") }}') == "/notes/"
    Lifecycle(host_of(guest_app)).disable(system(), "notes")
    assert render('{{ plugin_url("notes.note_list") }}') == "None"


def test_constant_answers_are_computed_once(render: Render, guest_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setitem(guest_app.jinja_env.folds, "asset", lambda name: asked.append(name) or f"/{name}")  # type: ignore[attr-defined]
    assert [render('{{ asset("a.css") }}') for _ in range(3)] == ["/a.css"] * 3
    assert asked == ["a.css"]


def test_a_name_of_the_template_itself_is_left_alone(render: Render) -> None:
    assert render('{% macro icon(name) %}own {{ name }}{% endmacro %}{{ icon("x") }}') == "own x"


def test_what_depends_on_the_reader_is_asked_on_every_page(render: Render, guest_app: Flask) -> None:
    guest_app.jinja_env.globals["who"] = lambda word: f"{word} {g.get('reader', 'nobody')}"
    assert render('{{ who("for") }}') == "for nobody"
    guest_app.jinja_env.globals["who"] = lambda word: f"{word} me"
    assert render('{{ who("for") }}') == "for me"


def test_an_address_with_values_is_made_for_each_page(render: Render) -> None:
    page = '{{ url_for("members.member_show", member_id=number) }}'
    assert [render(page, number=number) for number in (1, 2)] == ["/members/1", "/members/2"]


def test_a_symbols_label_is_escaped(render: Render) -> None:
    assert 'aria-label="&lt;&#34;&gt;"' in render('{{ icon("eye", label) }}', label='<">')


def test_where_a_server_says_that_the_portal_begins_stays_on_that_page(guest_app: Flask) -> None:
    client = guest_app.test_client()
    first = client.get("/login", environ_overrides={"SCRIPT_NAME": "//evil.example"})
    assert "evil.example" in first.text
    assert "evil.example" not in client.get("/login").text


def test_a_template_compiled_while_a_plugin_was_switched_is_not_kept(
    render: Render, guest_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def switch(endpoint: str) -> str:
        if host_of(guest_app).is_effective("notes"):
            Lifecycle(host_of(guest_app)).disable(system(), "notes")
            return "/notes/"
        return "None"

    monkeypatch.setitem(guest_app.jinja_env.folds, "plugin_url", switch)  # type: ignore[attr-defined]
    page = '{{ plugin_url("notes.note_list") }}'
    assert [render(page), render(page)] == ["/notes/", "None"]
