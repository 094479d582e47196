"""How names are ordered in lists."""

from __future__ import annotations

import re
import unicodedata

TITLES = ("dr.", "prof.", "dipl.-ing.", "prof.", "med.", "h.c.")


def sort_name_of(name: str) -> str:
    """The key a person is listed by: last name first, without titles, folded so that Ö stands with O."""
    words = [word for word in name.split() if word.lower() not in TITLES] or name.split()
    ordered = f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else name
    return fold(ordered)[:120]


def fold(text: str) -> str:
    """``text`` in lower case without accents (DIN 5007-1: ä as a, ß as ss)."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ẞ", "SS").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """The words that people are found by: folded, with ae, oe and ue as a, o and u, so that Oehl, Öhl and Ohl meet."""
    words = re.findall(r"[^\W_]+", fold(text))
    return sorted({re.sub("([aou])e", r"\1", word)[:60] for word in words})
