"""One form for every text that is kept, so that versions differ only where somebody wrote something else."""

from __future__ import annotations


def tidy_text(text: str | None) -> str:
    """The text as a form sends it back: lines end in LF, nothing blank stands at either end, no NUL.

    Browsers send CRLF (HTML, form submission: newlines are normalised); no database keeps a NUL."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.strip()
