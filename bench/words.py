"""Invented text: the same for the same number, so that every run measures the same content."""

from __future__ import annotations

from random import Random

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
