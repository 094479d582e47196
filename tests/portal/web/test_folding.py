"""What becomes of templates while they are compiled."""

from __future__ import annotations

from flask import Flask, render_template_string

from tests.fixtures.client import PortalClient


def test_pages_are_sent_without_the_indentation_of_their_templates(client: PortalClient) -> None:
    lines = client.get("/login").text.splitlines()
    assert len(lines) > 50 and [line for line in lines if line.startswith(" ")] == []


def test_what_stands_as_it_is_keeps_its_spaces(app: Flask) -> None:
    with app.test_request_context():
        assert "  two" in render_template_string("<pre>\none\n  two</pre>")


def test_what_members_wrote_keeps_its_spaces(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string("  <p>\n  {{ text }}</p>", text="a\n  b") == "<p>\na\n  b</p>"
