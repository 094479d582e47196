"""Which documents match a plan, and how well.

BM25F after Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004): the
counts of a word in title, text and compound parts are weighted and normalised by length field by field, added
up, and only then saturated. Sums run in the order of the plan, so equal documents get equal scores to the
last bit.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import reduce
from math import log

from plugins.search.analysis.chain import PREFIX_LENGTHS, WHOLE
from plugins.search.plan import AllPlan, AnyPlan, PhrasePlan, Plan, PrefixPlan, QueryPlan, WordPlan
from plugins.search.whoosh_index.schema import BODY_START
from plugins.search.whoosh_index.segments import SCORED, SegmentView

K1 = 1.2
WEIGHTS = {"title": 2.0, "body": 1.0, "parts": 0.5}
LENGTH_SHARE = {"title": 0.3, "body": 0.75, "parts": 0.75}
COMPOUND_WEIGHT = 0.5
NEAR = 4

Counts = dict[int, float]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures behind the scores: number of documents and average length of each field, of the open strata
    alone."""

    documents: int
    averages: Mapping[str, float]


def find_statistics(views: Iterable[SegmentView]) -> Statistics:
    """The figures over the living documents of these segments."""
    views = list(views)
    documents = sum(view.count for view in views)
    averages = {name: sum(view.totals[name] for view in views) / max(documents, 1) or 1.0 for name in SCORED}
    return Statistics(documents, averages)


class Matcher:
    """Matches one plan against segments. `open_views` are those that everyone who asks so may read as a
    whole."""

    def __init__(self, open_views: list[SegmentView], closed_views: list[SegmentView]) -> None:
        self.open_views = open_views
        self.views = open_views + closed_views
        self.statistics = find_statistics(open_views)

    def match(self, plan: QueryPlan) -> list[tuple[SegmentView, Counts]]:
        """For each segment the scores of the living documents that match, whoever may read them."""
        if not plan.required:
            return []
        clauses = [self.score(part) for part in plan.required]
        excluded = [self.score(part) for part in plan.excluded]
        found = []
        for number, view in enumerate(self.views):
            kept = reduce(_both, (clause[number] for clause in clauses))
            banned = set().union(*(clause[number] for clause in excluded))
            found.append((view, {doc: score for doc, score in kept.items() if doc not in banned}))
        return found

    def score(self, plan: Plan) -> list[Counts]:
        """The scores of one clause, segment by segment."""
        match plan:
            case AllPlan(plans):
                return [reduce(_both, parts) for parts in zip(*map(self.score, plans), strict=True)]
            case AnyPlan(plans):
                return [reduce(_either, parts) for parts in zip(*map(self.score, plans), strict=True)]
        counts = [self.count(plan, view) for view in self.views]
        rarity = self.find_rarity(sum(len(found) for found in counts[: len(self.open_views)]))
        return [{doc: rarity * n * (K1 + 1) / (K1 + n) for doc, n in found.items()} for found in counts]

    def find_rarity(self, frequency: int) -> float:
        """How much a clause says that so many of the open documents match."""
        return log(1 + (self.statistics.documents - frequency + 0.5) / (frequency + 0.5))

    def count(self, plan: WordPlan | PhrasePlan | PrefixPlan, view: SegmentView) -> Counts:
        """The weighted count of a word, phrase or beginning in each document of a segment."""
        match plan:
            case WordPlan():
                return self._count_word(plan, view)
            case PhrasePlan():
                return self._count_phrase(plan, view)
            case PrefixPlan():
                return _count_prefix(plan, view)

    def _count_word(self, plan: WordPlan, view: SegmentView) -> Counts:
        counts: Counts = {}
        for stem in plan.stems:
            self._add_stem(stem, view, counts)
        for parts in plan.compounds:
            self._add_compound(parts, view, counts)
        return counts

    def _add_stem(self, stem: str, view: SegmentView, counts: Counts) -> None:
        for name in SCORED:
            base, slope = self._length_line(name)
            lengths, weight = view.figures.lengths[name], WEIGHTS[name]
            for doc, count in view.list_postings(name, stem):
                counts[doc] = counts.get(doc, 0.0) + weight * count / (base + slope * lengths[doc])

    def _add_compound(self, parts: tuple[str, ...], view: SegmentView, counts: Counts) -> None:
        """A document that holds all parts of the compound near one another counts as often as the rarest of them."""
        rarest = reduce(_smaller, [self._count_stem(part, view) for part in parts])
        for doc in _find_near(parts, view, rarest.keys()) if rarest else ():
            counts[doc] = counts.get(doc, 0.0) + COMPOUND_WEIGHT * rarest[doc]

    def _count_stem(self, stem: str, view: SegmentView) -> Counts:
        counts: Counts = {}
        self._add_stem(stem, view, counts)
        return counts

    def _count_phrase(self, plan: PhrasePlan, view: SegmentView) -> Counts:
        counts: Counts = {}
        for line in plan.lines:
            for name in ("title", "body"):
                base, slope = self._length_line(name)
                lengths = view.figures.lengths[name]
                for doc, times in _find_phrase(line, name, view).items():
                    counts[doc] = counts.get(doc, 0.0) + WEIGHTS[name] * times / (base + slope * lengths[doc])
        return counts

    def _length_line(self, name: str) -> tuple[float, float]:
        share = LENGTH_SHARE[name]
        return 1 - share, share / self.statistics.averages[name]


def _smaller(first: Counts, second: Counts) -> Counts:
    return {doc: min(count, second[doc]) for doc, count in first.items() if doc in second}


def _find_near(parts: tuple[str, ...], view: SegmentView, docs: AbstractSet[int]) -> list[int]:
    """Those of the documents in which the parts stand within a few words, as in "Gewinnung von Fachkräften"."""
    places = [_find_places(part, view, docs) for part in parts]
    return [doc for doc in docs if _is_near([one[doc] for one in places])]


def _find_places(term: str, view: SegmentView, docs: AbstractSet[int]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {doc: [] for doc in docs}
    for name, start in (("title", 0), ("body", BODY_START), ("parts", 0)):
        for doc, at in view.find_positions(name, term, docs).items():
            places[doc] += [start + position for position in at]
    return places


def _is_near(places: list[list[int]]) -> bool:
    first, *others = places
    return any(all(any(abs(at - place) <= NEAR for at in other) for other in others) for place in first)


def _find_phrase(line: tuple[tuple[int, str], ...], field: str, view: SegmentView) -> dict[int, int]:
    """How often the stems stand at their distances, document by document."""
    starts: dict[int, set[int]] | None = None
    for distance, stem in line:
        found = view.find_positions(field, stem)
        if starts is None:
            starts = {doc: set(at) for doc, at in found.items()}
        else:
            starts = {doc: at & {p - distance for p in found[doc]} for doc, at in starts.items() if doc in found}
    return {doc: len(at) for doc, at in (starts or {}).items() if at}


def _count_prefix(plan: PrefixPlan, view: SegmentView) -> Counts:
    """Every document with such a word counts the same; there is no limit on words, which would hide documents
    behind words that only others may read."""
    terms = [term for beginning in plan.beginnings for term in _list_prefix_terms(beginning, view)]
    return {doc: 1.0 for term in terms for doc, _ in view.list_postings("prefix", term)}


def _list_prefix_terms(beginning: str, view: SegmentView) -> list[str]:
    if len(beginning) <= PREFIX_LENGTHS[-1]:
        return [beginning]
    return view.list_terms("prefix", WHOLE + beginning)


def _both(first: Counts, second: Counts) -> Counts:
    return {doc: score + second[doc] for doc, score in first.items() if doc in second}


def _either(first: Counts, second: Counts) -> Counts:
    return {doc: first.get(doc, 0.0) + second.get(doc, 0.0) for doc in first.keys() | second.keys()}
