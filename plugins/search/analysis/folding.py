"""Letters that mean the same become the same: case, accents, umlauts and their spellings."""

import re
import unicodedata

GERMAN = "de"
ENGLISH = "en"

# After a vowel or q the e belongs to the next syllable: Bauer, neue, Quelle.
_DIGRAPH = re.compile(r"(?<![aeiouyqäöü])([aou])e")


def fold(word: str, language: str = GERMAN) -> str:
    """The word in small letters without accents; in German also ä = ae = a, ö = oe = o, ü = ue = u, ß =
    ss."""
    lowered = unicodedata.normalize("NFKC", word).casefold()
    if lowered.isascii() and language != GERMAN:
        return lowered
    if language == GERMAN:
        lowered = _DIGRAPH.sub(r"\1", lowered)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
