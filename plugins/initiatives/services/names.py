"""How the names of organisations are compared."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """``text`` as the core keeps it for ordering: small letters, no accents (DIN 5007-1: ä as a, ß as ss)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
