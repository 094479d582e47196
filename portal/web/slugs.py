"""Addresses made of names."""

from __future__ import annotations

from slugify import slugify

# As Germans write them where they have no umlauts; slugify alone would make an "a" of "ä".
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss"))


def slug_of(text: str, longest: int) -> str:
    """Small letters, digits and hyphens for an address, at most ``longest`` characters; "" where nothing is left."""
    return slugify(text, max_length=longest, word_boundary=True, replacements=_UMLAUTS)
