"""Shows where a text matches: a piece of it, escaped, with the words found in <mark>."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from plugins.search.analysis.chain import LANGUAGES, find_word_terms
from plugins.search.analysis.folding import fold
from plugins.search.analysis.stopwords import is_stop_word
from plugins.search.analysis.tokens import split_words
from plugins.search.plan import AllPlan, AnyPlan, PhrasePlan, Plan, PrefixPlan, QueryPlan, WordPlan

SNIPPET_LENGTH = 240
MOST_MATCHES = 100
LEAD = 60
BEGINNING = 5

_WORD = re.compile(r"[^\W_]+(?:[:*_/·.\-\u2010\u2011]{1,2}[^\W_]+)*")
_ROUGH = bytes.maketrans(
    "äöüßáàâéèêíìîóòôúùûñç".encode("latin-1"),
    b"aousaaaeeeiiiooouuunc",
)


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a text that the query asks for, and the term it stands for."""

    start: int
    end: int
    term: str


class Highlighter:
    """Finds the words of one query in texts."""

    def __init__(self, plan: QueryPlan) -> None:
        self.terms: dict[str, None] = {}
        self.beginnings: dict[str, None] = {}
        for part in plan.required:
            self._collect(part)
        patterns = {_loose_pattern(term) for term in (*self.terms, *self.beginnings)}
        self.pattern = re.compile(b"|".join(sorted(patterns))) if patterns else None

    def _collect(self, plan: Plan) -> None:
        match plan:
            case WordPlan(stems, compounds):
                self.terms.update(dict.fromkeys((*stems, *(part for parts in compounds for part in parts))))
            case PhrasePlan(lines):
                self.terms.update(dict.fromkeys(stem for line in lines for _, stem in line if not _is_common(stem)))
            case PrefixPlan(beginnings):
                self.beginnings.update(dict.fromkeys(beginnings))
            case AllPlan(plans) | AnyPlan(plans):
                for part in plans:
                    self._collect(part)

    def find_matches(self, text: str) -> list[Match]:
        """The matching words of a text in their order; of a very long text only the first few hundred."""
        found: list[Match] = []
        if self.pattern is None:
            return found
        rough, position = _roughen(text), 0
        while len(found) < MOST_MATCHES and (candidate := self.pattern.search(rough, position)):
            start, end = _word_around(text, candidate.start())
            found += self._matches_within(text, start, end)
            position = max(end, candidate.end(), position + 1)
        return found

    def _matches_within(self, text: str, start: int, end: int) -> Iterator[Match]:
        for token in split_words(text[start:end]):
            if term := self._term_of(token.spellings):
                yield Match(start + token.start, start + token.end, term)

    def _term_of(self, spellings: tuple[str, ...]) -> str | None:
        for language in LANGUAGES:
            terms = find_word_terms(spellings, language)
            for term in (*terms.stems, *terms.parts):
                if term in self.terms:
                    return term
            for beginning in self.beginnings:
                if any(fold(spelling, language).startswith(beginning) for spelling in spellings):
                    return beginning
        return None

    def mark(self, text: str) -> Markup:
        """The whole text, escaped, with its matches marked."""
        return _mark(text, 0, len(text), self.find_matches(text))

    def make_snippet(self, text: str) -> Markup:
        """The piece of a text that holds the most different words asked for; its beginning where it holds
        none."""
        matches = self.find_matches(text)
        start = _best_start(matches)
        end = min(len(text), start + SNIPPET_LENGTH)
        start, end = _at_word_edges(text, start, end)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return Markup("{}{}{}").format(before, _mark(text, start, end, matches), after)


def _is_common(stem: str) -> bool:
    """A word of a phrase that one language skips would be marked all over the texts of that language."""
    return any(is_stop_word(stem, stem, language) for language in LANGUAGES)


def _best_start(matches: list[Match]) -> int:
    """Where the snippet begins: a little before the match from which most different terms are in reach."""

    def worth(number: int) -> tuple[int, int, int]:
        reach = [m for m in matches[number : number + 30] if m.end <= matches[number].start + SNIPPET_LENGTH - LEAD]
        return len({m.term for m in reach}), len(reach), -number

    best = max(range(len(matches)), key=worth, default=None)
    return 0 if best is None else max(0, matches[best].start - LEAD)


def _at_word_edges(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        start = text.find(" ", start, end) + 1 or start
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    return start, end


def _mark(text: str, start: int, end: int, matches: Iterable[Match]) -> Markup:
    pieces: list[Markup] = []
    position = start
    for match in matches:
        if match.start >= position and match.end <= end:
            pieces.append(escape(text[position : match.start]))
            pieces.append(Markup("<mark>{}</mark>").format(text[match.start : match.end]))
            position = match.end
    return Markup("").join([*pieces, escape(text[position:end])])


def _word_around(text: str, position: int) -> tuple[int, int]:
    """The word at a place of the text, with the signs that tie a gender form or a compound together."""
    left = max(text.rfind(" ", max(0, position - 100), position) + 1, position - 100, 0)
    for match in _WORD.finditer(text, left, min(len(text), position + 200)):
        if match.end() > position:
            return match.start(), match.end()
    return position, position + 1


def _roughen(text: str) -> bytes:
    """One byte for each letter, small and without accents: fast to look through, and places stay places."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).encode("latin-1", "replace").translate(_ROUGH)


def _loose_pattern(term: str) -> bytes:
    """Finds candidates for a folded term in a roughened text; each is then checked word by word."""
    beginning = term[: max(3, min(BEGINNING, len(term) - 2))].encode("latin-1", "replace")
    return re.sub(rb"[aou]", rb"\g<0>e?", re.escape(beginning)).replace(b"ss", b"ss?")
