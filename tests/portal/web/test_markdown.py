"""Markdown becomes HTML that runs nothing."""

import pytest

from portal.web.markdown import plain_text, render_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<svg/onload=alert(1)>",
    '[a](https://x "onmouseover=alert(1)")',
    "![x](https://evil.example/pixel.gif)",
    "<style>body{display:none}</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_and_nothing_is_loaded(text: str) -> None:
    html = render_markdown(text)
    assert not any(part in html for part in ("<script", "<img", "<svg", "<style", 'href="javascript', 'href="data'))


def test_ordinary_marks_are_shown() -> None:
    html = render_markdown("# Titel\n\n- eins\n- **zwei**\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert all(part in html for part in ("<h2>Titel</h2>", "<strong>zwei</strong>", "<td>2</td>"))


def test_plain_text_has_no_marks() -> None:
    assert plain_text("**Fach** [kräfte](https://x.example)") == "Fach kräfte"


def test_plain_text_has_no_entities() -> None:
    assert plain_text('a & "b" < c') == 'a & "b" < c'
