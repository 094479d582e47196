"""What the interface says, by its English words: the tests read the catalogues, as the portal does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
Say = Callable[..., str]


def speak(language: str) -> Say:
    """``say("Log in")`` gives the words in this language; keywords fill what the message leaves open."""
    catalogue = _read_catalogues(language)

    def say(words: str, **values: object) -> str:
        found = catalogue.get(words, words)
        return found % values if values else found

    return say


@cache
def _read_catalogues(language: str) -> dict[str, str]:
    places = f"translations/{language}", f"plugins/*/translations/{language}"
    paths = chain.from_iterable(ROOT.glob(f"{place}/LC_MESSAGES/*.po") for place in places)
    return {words: said for path in paths for words, said in _read(path).items()}


def _read(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {one.id: str(one.string) for one in read_po(file) if isinstance(one.id, str) and one.string}
