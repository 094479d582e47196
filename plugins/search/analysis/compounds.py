"""Takes German compounds apart: "fachkraftegewinnung" is "fachkraft" and "gewinnung".

After Koehn & Knight, "Empirical Methods for Compound Splitting" (EACL 2003): of all ways to cut a word into
known words, linking elements allowed, take the one whose parts have the highest geometric mean of
frequencies; the word itself, where it is known, competes too. Known words come from the list that ships with
the plugin and from nowhere else: a list that grew with the documents would carry restricted words into
everyone's results (docs/adr).
"""

from functools import lru_cache
from typing import NamedTuple

from plugins.search.analysis.folding import fold
from plugins.search.analysis.lexicon import KNOWN_WORDS

MIN_WORD = 9
MIN_PART = 4
MAX_WORD = 60
LINKS = ("", "s", "es", "n", "en", "e", "er", "ens")


class _Split(NamedTuple):
    """The best way found so far to write the beginning of a word: product of the frequencies, and the
    cuts."""

    product: float
    cuts: tuple[int, ...]

    def mean(self) -> float:
        return self.product ** (1 / (len(self.cuts) - 1))


@lru_cache(maxsize=1)
def known_forms() -> dict[str, int]:
    """Every known word, bare and with each linking element, with its frequency class."""
    forms: dict[str, int] = {}
    for frequency, words in KNOWN_WORDS.items():
        for word in map(fold, words.split()):
            for link in LINKS:
                form = word + link
                forms[form] = max(frequency if not link else frequency - 1, forms.get(form, 0))
    return forms


@lru_cache(maxsize=20_000)
def split_compound(word: str) -> tuple[str, ...]:
    """The parts of a folded German word in order, with their linking elements; empty when it is no known
    compound."""
    if not MIN_WORD <= len(word) <= MAX_WORD or not word.isalpha():
        return ()
    cuts = _best_cuts(word)
    return tuple(word[left:right] for left, right in zip(cuts, cuts[1:], strict=False)) if len(cuts) > 2 else ()


@lru_cache(maxsize=20_000)
def list_parts(word: str) -> tuple[str, ...]:
    """All known words within a compound: its parts, what neighbouring parts make together, and the parts'
    parts."""
    pieces = split_compound(word)
    forms = known_forms()
    found = dict.fromkeys(pieces)
    for first in range(len(pieces)):
        for last in range(first + 2, len(pieces) + 1):
            joined = "".join(pieces[first:last])
            if joined != word and joined in forms:
                found[joined] = None
    for piece in pieces:
        found.update(dict.fromkeys(list_parts(piece)))
    return tuple(found)


def _best_cuts(word: str) -> tuple[int, ...]:
    """Where to cut, both ends included; `(0, len(word))` when the word is best left whole."""
    forms = known_forms()
    best: list[dict[int, _Split]] = [{} for _ in range(len(word) + 1)]
    best[0][0] = _Split(1.0, (0,))
    for end in range(MIN_PART, len(word) + 1):
        for start in range(end - MIN_PART + 1):
            frequency = forms.get(word[start:end], 0)
            if frequency and best[start]:
                _extend(best[start], best[end], end, frequency)
    candidates = best[len(word)].values()
    return max(candidates, key=lambda split: (split.mean(), -len(split.cuts)), default=_Split(0, ())).cuts


def _extend(before: dict[int, _Split], after: dict[int, _Split], end: int, frequency: int) -> None:
    """Adds one part to each best beginning; for each number of parts only the best product can win."""
    for parts, split in before.items():
        longer = _Split(split.product * frequency, (*split.cuts, end))
        if longer.product > after.get(parts + 1, _Split(0, ())).product:
            after[parts + 1] = longer
