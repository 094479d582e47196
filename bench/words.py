"""Invented text: the same for the same number, so that every run measures the same content."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from random import Random

from plugins.search.analysis.lexicon import KNOWN_WORDS

VOCABULARY, SIMPLE = 30_000, 3_000
LENGTH = 2000
RARE_EVERY = 10
RARE = "Fachkräftegewinnung"
WORDS = [
    "Betrieb",
    "Region",
    "Netzwerk",
    "Industrie",
    "Ausbildung",
    "Werkstatt",
    "Standort",
    "Verwaltung",
    "Energie",
    "Wandel",
    "Austausch",
    "Beratung",
    "Förderung",
    "Maschine",
    "Projekt",
    "Partnerschaft",
    "Schule",
    "Hochschule",
    "Unternehmen",
    "Verband",
    "Gespräch",
    "Lösung",
    "Erfahrung",
    "gemeinsam",
    "regional",
    "neu",
    "offen",
    "praktisch",
    "schnell",
    "verlässlich",
    "lernen",
    "zeigen",
    "planen",
    "besuchen",
    "entwickeln",
    "verbinden",
    "und",
    "oder",
    "mit",
    "für",
    "in",
    "aus",
    "bei",
    "nach",
    "über",
    "zwischen",
    "die",
    "der",
    "das",
    "eine",
    "jede",
]


def sentence(number: int) -> str:
    """A title of five words."""
    return " ".join(Random(number).choices(WORDS, k=5)).capitalize()


def text(number: int) -> str:
    """2,000 characters; a tenth of the texts hold the word that is searched for."""
    random = Random(-1 - number)
    words = random.choices(WORDS, k=LENGTH // 5)
    if number % RARE_EVERY == 0:
        words[20] = RARE
    return "\n\n".join(" ".join(words[start : start + 60]) + "." for start in range(0, len(words), 60))[:LENGTH]


@lru_cache(maxsize=1)
def vocabulary() -> tuple[list[str], list[float]]:
    """German-like words, the commonest first, with the running sum of their weights: a word that is the n-th most
    common has about the n-th part of the first one's weight (Zipf). The first 3,000 are simple words, then come
    compounds of two, which are three of ten words of a text: more than in any real one."""
    random = Random(1)
    simple = [word for group in KNOWN_WORDS.values() for word in group.split()]
    random.shuffle(simple)
    words = dict.fromkeys(WORDS)
    while len(words) < SIMPLE:
        words[random.choice(simple).capitalize() + random.choice(("", "", "en", "s", "er"))] = None
    while len(words) < VOCABULARY:
        words[random.choice(simple).capitalize() + random.choice(("", "s")) + random.choice(simple)] = None
    return list(words), list(accumulate(1 / (rank + 10) for rank in range(len(words))))


def german(number: int, length: int) -> str:
    """A text of so many words, in sentences."""
    random = Random(number)
    words, weights = vocabulary()
    chosen = random.choices(words, cum_weights=weights, k=length)
    return " ".join(" ".join(chosen[start : start + 12]).capitalize() + "." for start in range(0, length, 12))
