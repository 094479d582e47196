"""What a mail looks like: the text as it was written, and the same words as HTML that every mail program shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import force_locale

LOOK = "MAIL_LOOK"
FOOT = "--"  # a part of its own: what follows is quieter than the words above
LIGHT, DARK = "#ffffff", "#10201f"


class Letter(NamedTuple):
    """A mail's words: plain text, what the button of a lone link says, and the language they are in."""

    subject: str
    text: str
    action: str = ""
    locale: str = ""


@dataclass(frozen=True)
class Block:
    """A part of the text between empty lines: its lines, and where they lead if that is into the portal."""

    lines: tuple[str, ...]
    link: str = ""


def html_of(letter: Letter) -> str:
    """The letter as a whole HTML page: no pictures, no addresses but the portal's own, colours for light and dark."""
    look: dict[str, Any] = current_app.config[LOOK]
    locale = letter.locale or current_app.config["BABEL_DEFAULT_LOCALE"]
    with force_locale(locale):
        template = current_app.jinja_env.get_template("portal/mail/letter.html")
        blocks = blocks_of(letter.text, look["url"])
        return template.render(letter=letter, blocks=blocks, foot=(FOOT,), lang=locale, **look)


def blocks_of(text: str, home: str) -> list[Block]:
    """The parts of a text. A line that is nothing but an address of the portal leads where its part leads; any other
    address stays the words that it is, so that nobody who may write words into a mail gets a link or a button."""
    return [_block(part.strip().splitlines(), home) for part in text.split("\n\n") if part.strip()]


def _block(lines: list[str], home: str) -> Block:
    last = lines[-1].strip()
    is_link = last.startswith(f"{home}/") and " " not in last
    return Block(tuple(lines[:-1]), last) if is_link else Block(tuple(lines))


def look_of(name: str, url: str, colour: str) -> dict[str, str]:
    """What the layout shows of the network: its name, its address, its colour and what can be read on that."""
    return {"name": name, "url": url, "colour": colour, "ink": LIGHT if _luminance(colour) < 0.36 else DARK}


def _luminance(colour: str) -> float:
    """How light a colour such as #0b5c66 is (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
