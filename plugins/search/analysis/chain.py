"""From text to terms: the one chain that documents and queries go through.

A German document goes through the German chain, an English one through the English chain; a query word goes
through both, because nobody says in which language they ask. Terms of both chains live in the same fields.
"""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer

from plugins.search.analysis.compounds import known_forms, list_parts, split_compound
from plugins.search.analysis.folding import ENGLISH, GERMAN, fold
from plugins.search.analysis.stopwords import is_stop_word
from plugins.search.analysis.tokens import Token, split_words

LANGUAGES = (GERMAN, ENGLISH)
PREFIX_LENGTHS = (3, 4, 5)
WHOLE = "="
MAX_TERM = 60
CHAIN_VERSION = 1


class _Stemmers(threading.local):
    """One for each language and thread, as they are not to be shared; without words kept, since `stem` keeps them."""

    def __init__(self) -> None:
        self.of = {GERMAN: Stemmer.Stemmer("german", 0), ENGLISH: Stemmer.Stemmer("english", 0)}


_stemmers = _Stemmers()


@dataclass(frozen=True, slots=True)
class WordTerms:
    """What one word of a text stands for: its stems, the stems of its parts, and its folded spellings."""

    stems: tuple[str, ...]
    parts: tuple[str, ...]
    surfaces: tuple[str, ...]


@dataclass(slots=True)
class AnalyzedText:
    """A text as the index takes it: stems and parts of compounds with positions, spellings for
    prefixes."""

    positions: dict[str, list[int]] = field(default_factory=dict)
    parts: dict[str, list[int]] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)
    length: int = 0


def chain_of(language: str | None) -> str:
    """The chain for a document's language tag; German where there is none of its own."""
    return ENGLISH if language and language.lower().startswith(ENGLISH) else GERMAN


@lru_cache(maxsize=20_000)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word."""
    return _stemmers.of[language].stemWord(folded)[:MAX_TERM]


@lru_cache(maxsize=20_000)
def find_word_terms(spellings: tuple[str, ...], language: str) -> WordTerms:
    """The terms of one word; no terms at all for a stop word."""
    folded = [(spelling, fold(spelling, language)) for spelling in spellings]
    kept = [word for spelling, word in folded if not is_stop_word(spelling, word, language)]
    parts = [part for word in kept for part in list_parts(word)] if language == GERMAN else []
    return WordTerms(
        tuple(dict.fromkeys(stem(word, language) for word in kept)),
        tuple(dict.fromkeys(stem(part, language) for part in parts)),
        tuple(word[:MAX_TERM] for word in kept),
    )


def analyze_text(text: str, language: str) -> AnalyzedText:
    """Runs a whole text through a chain. Stop words leave a gap in the positions, so phrases stay true."""
    result = AnalyzedText()
    for position, (token, joined) in enumerate(_with_joined(text)):
        terms = find_word_terms(token.spellings, language)
        for term in terms.stems:
            result.positions.setdefault(term, []).append(position)
        for part in terms.parts:
            result.parts.setdefault(part, []).append(position)
        result.surfaces.update(terms.surfaces)
        result.length += bool(terms.stems)
        if joined:
            result.parts.setdefault(stem(fold(joined, language), language), []).append(position)
    return result


def _with_joined(text: str) -> Iterator[tuple[Token, str]]:
    """Each word, and at the last word of a hyphenated compound the compound written as one: `MINTBildung`."""
    run = ""
    for token in split_words(text):
        run += token.spellings[0]
        yield token, run if not token.hyphen_follows and run != token.spellings[0] else ""
        run = run if token.hyphen_follows else ""


def list_prefixes(surfaces: set[str]) -> set[str]:
    """What `word*` is found by: short beginnings are terms themselves, longer ones are looked up among whole
    words (marked, so that the two never meet). See `prefix_term`."""
    short = {surface[:length] for surface in surfaces for length in PREFIX_LENGTHS if len(surface) >= length}
    return short | {WHOLE + surface for surface in surfaces if len(surface) > PREFIX_LENGTHS[-1]}


@dataclass(frozen=True, slots=True)
class QueryForms:
    """How one query word may stand in documents of one language: as it is, or as the parts of its
    compound."""

    stems: tuple[str, ...]
    parts: tuple[str, ...]


def find_query_forms(spelling: str, language: str) -> QueryForms:
    """The forms of a query word in one chain; no stems when it is a stop word there."""
    words = [token.spellings for token in split_words(spelling)] or [(spelling,)]
    terms = find_word_terms(words[0], language)
    pieces = split_compound(fold(words[0][0], language)) if language == GERMAN else ()
    return QueryForms(terms.stems, tuple(dict.fromkeys(stem(piece, language) for piece in pieces)))


def find_fingerprint() -> str:
    """Changes whenever the chain would make other terms, so that an index of an older chain is rebuilt."""
    parts = (CHAIN_VERSION, PREFIX_LENGTHS, Stemmer.version(), sorted(known_forms().items()))
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
