"""Merged catalogues: plugins in force, and the core last."""

from flask import Flask
from flask_babel import force_locale, gettext, ngettext

from portal.permissions.actor import system
from portal.plugin_host.lifecycle import Lifecycle
from tests.fixtures.foreign import host_of


def in_german(text: str) -> str:
    with force_locale("de"):
        return gettext(text)


def test_a_plugins_words_vanish_with_it(guest_app: Flask) -> None:
    with guest_app.test_request_context():
        assert in_german("Write notes") == "Notizen schreiben"
    Lifecycle(host_of(guest_app)).disable(system(), "notes")
    with guest_app.test_request_context():
        assert in_german("Write notes") == "Write notes"


def test_a_plugin_cannot_reword_the_core(guest_app: Flask) -> None:
    with guest_app.test_request_context():
        assert in_german("Log in") == "Anmelden"


def test_plurals_follow_the_language(guest_app: Flask) -> None:
    with guest_app.test_request_context(), force_locale("de"):
        assert [ngettext("%(num)s pebble", "%(num)s pebbles", number) for number in (0, 1, 2)] == [
            "0 pebbles",
            "1 pebble",
            "2 pebbles",
        ]
