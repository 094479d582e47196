"""A mail has the same words twice: as text and as HTML that nobody but the portal puts a link into."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal.config import SettingsError, load_settings
from portal.invitations.messages import invitation_mail, refusal_mail
from portal.mail.letters import html_of, look_of

HOME = "http://127.0.0.1:8000"
HOSTILE = '<img src=x onerror=alert(1)> "Mia" & Co'


def test_names_are_words_in_html_whatever_they_are(app: Flask) -> None:
    html = html_of(invitation_mail(HOSTILE, HOSTILE, HOSTILE, f"{HOME}/invitation/geheim", "de"))
    assert "<img" not in html and html.count("&lt;img") == 3  # whom, who, where
    assert '<html lang="de">' in html


def test_a_lone_link_is_a_button_in_the_readers_language(app: Flask) -> None:
    link = f"{HOME}/invitation/geheim"
    german, english = (html_of(invitation_mail("Mia", "Ines", "", link, locale)) for locale in ("de", "en"))
    assert "Accept the invitation" in english and "Einladung annehmen" in german
    assert all(f'href="{link}"' in html for html in (german, english))


@pytest.mark.parametrize("address", ["https://evil.example/x", f"{HOME}.evil.example/x", f"{HOME}@evil.example"])
def test_what_others_write_makes_no_link(app: Flask, address: str) -> None:
    html = html_of(refusal_mail("Mia", f"Nein.\n\n{address}\n\nGruß", "de"))
    assert address in html and f'href="{address}' not in html


def test_it_loads_nothing_from_anywhere(app: Flask) -> None:
    html = html_of(refusal_mail("Mia", "Nein.", "de"))
    assert not any(one in html for one in ("<img", "<link", "src=", "url(", "@import"))


@pytest.mark.parametrize(("colour", "ink"), [("#0b5c66", "#ffffff"), ("#ffe45c", "#10201f")])
def test_words_on_the_colour_can_be_read(colour: str, ink: str) -> None:
    assert look_of("Netz", HOME, colour)["ink"] == ink


def test_a_colour_is_a_colour(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(data_dir=tmp_path, mail_colour='red;"><script>')
