"""Splits running text into words, with their places in the text.

German writes some words in ways that a plain word pattern tears apart: gender forms ("Mitarbeiter:innen"),
abbreviations with dots ("e. V."), version numbers ("Industrie 4.0") and hyphenated compounds
("MINT-Bildung").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HYPHENS = frozenset("-\u2010\u2011")

_TOKEN = re.compile(
    r"""
      (?P<abbreviation>\b[^\W\d_](?:\.[ \u00a0\u202f]?[^\W\d_])+\.(?!\w))
    | (?P<number>\b\d{1,3}[.,]\d{1,2}\b(?![.,]?\d))
    | (?P<male>[^\W\d_]{3,})(?:(?:[:*_\u00b7]|/-?)(?P<female>innen|in)|(?P<camel>Innen))\b
    | (?P<ending>[^\W\d_]{3,})[:*](?:[rnse]|en|er)\b
    | (?P<word>[^\W_]+)
    """,
    re.VERBOSE,
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its spellings (a gender form has two), where it stands, and whether a hyphen
    follows."""

    spellings: tuple[str, ...]
    start: int
    end: int
    hyphen_follows: bool


def split_words(text: str) -> Iterator[Token]:
    """The words of a text in their order; never raises, whatever the text holds."""
    for match in _TOKEN.finditer(text):
        end = match.end()
        hyphen = end + 1 < len(text) and text[end] in HYPHENS and text[end + 1].isalnum()
        yield Token(_spellings(match), match.start(), end, hyphen)


def _spellings(match: re.Match[str]) -> tuple[str, ...]:
    found = match.group()
    match match.lastgroup:
        case "abbreviation":
            return (_NOT_A_LETTER.sub("", found),)
        case "number":
            return (found.replace(",", "."),)
        case "ending":
            return (match.group("ending"),)
        case "female" | "camel":
            male = match.group("male")
            return male, f"{male}{match.group('female') or 'innen'}"
    return (found,)
