"""What a segment says about one word, phrase or beginning of a query, kept apart from what it is worth.

Matching needs the files; scoring needs figures that are known only once it is known what the asker may read. So the
first leaves behind how often and where, and the second weighs it: BM25F after Robertson, Zaragoza & Taylor, "Simple
BM25 extension to multiple weighted fields" (CIKM 2004), counts weighted and normalised by length field by field.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from plugins.search.analysis.chain import PREFIX_LENGTHS, WHOLE
from plugins.search.plan import PhrasePlan, PrefixPlan, WordPlan
from plugins.search.whoosh_index.schema import BODY_START
from plugins.search.whoosh_index.segments import SCORED, DocumentFigures, SegmentView

WEIGHTS = {"title": 2.0, "body": 1.0, "parts": 0.5}
LENGTH_SHARE = {"title": 0.3, "body": 0.75, "parts": 0.75}
COMPOUND_WEIGHT = 0.5
NEAR = range(-4, 5)

Times = Mapping[int, float]
FieldTimes = Sequence[tuple[str, Times]]


class Scale:
    """What an occurrence in a field of a document weighs, given the average lengths of the fields."""

    def __init__(self, figures: DocumentFigures, averages: Mapping[str, float]) -> None:
        self._lines = {
            name: (WEIGHTS[name], 1 - share, share / averages[name], figures.lengths[name])
            for name, share in LENGTH_SHARE.items()
        }

    def weigh(self, found: FieldTimes, docs: Sequence[int]) -> list[float]:
        """The weighted counts of a term in some documents."""
        totals = [0.0] * len(docs)
        for name, times in found:
            weight, base, slope, lengths = self._lines[name]
            for place, doc in enumerate(docs):
                if doc in times:
                    totals[place] += weight * times[doc] / (base + slope * lengths[doc])
        return totals


class Evidence(Protocol):
    """Where one leaf of a plan occurs in a segment."""

    @property
    def docs(self) -> AbstractSet[int]:
        """The documents in which it occurs."""
        ...

    def count(self, docs: Sequence[int], scale: Scale) -> list[float]:
        """How often it occurs in some documents, weighted; 0 where it does not."""
        ...


@dataclass(frozen=True, slots=True)
class Compound:
    """The parts of a compound that stand near one another in some documents."""

    docs: AbstractSet[int]
    parts: tuple[FieldTimes, ...]

    def count(self, docs: Sequence[int], scale: Scale) -> list[float]:
        """As often as the rarest of the parts."""
        counts = zip(*(scale.weigh(part, docs) for part in self.parts), strict=True)
        pairs = zip(docs, counts, strict=True)
        return [COMPOUND_WEIGHT * min(parts) if doc in self.docs else 0.0 for doc, parts in pairs]


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """A word under its stems, and under the parts of its compound."""

    docs: AbstractSet[int]
    stems: tuple[FieldTimes, ...]
    compounds: tuple[Compound, ...]

    def count(self, docs: Sequence[int], scale: Scale) -> list[float]:
        """All its forms together."""
        stems = [scale.weigh(stem, docs) for stem in self.stems]
        near = [one.count(docs, scale) for one in self.compounds if one.docs]
        return [sum(forms) for forms in zip(*stems, *near, strict=True)]


@dataclass(frozen=True, slots=True)
class PhraseEvidence:
    """Stems at their distances, for each language's chain and each field."""

    docs: AbstractSet[int]
    found: FieldTimes

    def count(self, docs: Sequence[int], scale: Scale) -> list[float]:
        """All places together."""
        return scale.weigh(self.found, docs)


@dataclass(frozen=True, slots=True)
class PrefixEvidence:
    """A beginning: every document with such a word counts the same."""

    docs: AbstractSet[int]

    def count(self, docs: Sequence[int], scale: Scale) -> list[float]:
        """Once."""
        return [float(doc in self.docs) for doc in docs]


def find_evidence(plan: WordPlan | PhrasePlan | PrefixPlan, view: SegmentView) -> Evidence:
    """Looks one leaf of a plan up in a segment."""
    match plan:
        case WordPlan(stems, compounds):
            return _find_word(stems, compounds, view)
        case PhrasePlan(lines):
            found = [(name, _find_phrase(line, name, view)) for line in lines for name in ("title", "body")]
            return PhraseEvidence(_docs_of([found]), found)
        case PrefixPlan(beginnings):
            terms = [term for beginning in beginnings for term in _list_prefix_terms(beginning, view)]
            return PrefixEvidence({doc for term in terms for doc in view.find_counts("prefix", term)})


def _find_word(stems: Iterable[str], compounds: Iterable[tuple[str, ...]], view: SegmentView) -> WordEvidence:
    found = tuple(_find_stem(stem, view) for stem in stems)
    near = tuple(_find_compound(parts, view) for parts in compounds)
    return WordEvidence(_docs_of(found).union(*(one.docs for one in near)), found, near)


def _find_stem(stem: str, view: SegmentView) -> FieldTimes:
    return [(name, times) for name in SCORED if (times := view.find_counts(name, stem))]


def _find_compound(parts: tuple[str, ...], view: SegmentView) -> Compound:
    found = tuple(_find_stem(part, view) for part in parts)
    common = set.intersection(*(_docs_of([one]) for one in found))
    return Compound(_find_near(parts, view, common) if common else frozenset(), found)


def _docs_of(found: Iterable[FieldTimes]) -> set[int]:
    return set().union(*(times for fields in found for _, times in fields))


def _find_near(parts: tuple[str, ...], view: SegmentView, docs: AbstractSet[int]) -> frozenset[int]:
    """Those of the documents in which the parts stand within a few words, as in "Gewinnung von Fachkräften"."""
    places = [_find_places(part, view, docs) for part in parts]
    return frozenset(doc for doc in docs if _is_near([one[doc] for one in places]))


def _find_places(term: str, view: SegmentView, docs: AbstractSet[int]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {doc: [] for doc in docs}
    for name, start in (("title", 0), ("body", BODY_START), ("parts", 0)):
        for doc, at in view.find_positions(name, term, docs).items():
            places[doc] += [start + position for position in at]
    return places


def _is_near(places: list[list[int]]) -> bool:
    first, *others = places
    spots = set(first)
    for other in others:
        spots &= {at + distance for at in other for distance in NEAR}
    return bool(spots)


def _find_phrase(line: tuple[tuple[int, str], ...], field: str, view: SegmentView) -> dict[int, int]:
    """How often the stems stand at their distances, document by document."""
    stems = {stem for _, stem in line}
    docs = set.intersection(*(set(view.find_counts(field, stem)) for stem in stems))
    places = {stem: view.find_positions(field, stem, docs) for stem in stems} if docs else {}
    found = {doc: _count_starts([(distance, places[stem][doc]) for distance, stem in line]) for doc in docs}
    return {doc: times for doc, times in found.items() if times}


def _count_starts(places: list[tuple[int, Sequence[int]]]) -> int:
    return len(set.intersection(*({at - distance for at in found} for distance, found in places)))


def _list_prefix_terms(beginning: str, view: SegmentView) -> list[str]:
    """There is no limit on words, which would hide documents behind words that only others may read."""
    if len(beginning) <= PREFIX_LENGTHS[-1]:
        return [beginning]
    return view.list_terms("prefix", WHOLE + beginning)
