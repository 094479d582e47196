"""Which documents match a plan, and how well.

A clause is a tree whose leaves hold what each segment says of a word, phrase or beginning (`evidence`). What a leaf
is worth depends on a sample of documents that the asker may read, so scores come later than matches. Sums run in the
order of the plan, so equal documents get equal scores to the last bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from math import log

from plugins.search.plan import AllPlan, AnyPlan, PhrasePlan, Plan, PrefixPlan, QueryPlan, WordPlan
from plugins.search.whoosh_index.evidence import Evidence, Scale, find_evidence
from plugins.search.whoosh_index.segments import SCORED, SegmentView

K1 = 1.2
# Stand in for the averages where documents have to be ordered before it is known which of them count.
TYPICAL = {"title": 6.0, "body": 200.0, "parts": 60.0}

Doc = tuple[int, int]


class Leaf:
    """A word, phrase or beginning in every segment."""

    def __init__(self, evidence: list[Evidence]) -> None:
        self.evidence = evidence

    def docs(self, view: int) -> AbstractSet[int]:
        """The documents of a segment in which it occurs."""
        return self.evidence[view].docs

    def score(self, view: int, docs: Sequence[int], scoring: "Scoring") -> list[float]:
        """What it adds to the scores of some documents of a segment."""
        worth = scoring.find_rarity(self) * (K1 + 1)
        return [worth * count / (K1 + count) for count in self.evidence[view].count(docs, scoring.scales[view])]


class Both:
    """Clauses that all must match."""

    def __init__(self, parts: "list[Clause]") -> None:
        self.parts = parts

    def docs(self, view: int) -> AbstractSet[int]:
        """The documents of a segment that all of them match."""
        return set.intersection(*(set(part.docs(view)) for part in self.parts))

    def score(self, view: int, docs: Sequence[int], scoring: "Scoring") -> list[float]:
        """The sums of all."""
        return [sum(all_of) for all_of in zip(*(part.score(view, docs, scoring) for part in self.parts), strict=True)]


class Either:
    """Clauses of which one is enough."""

    def __init__(self, parts: "list[Clause]") -> None:
        self.parts = parts

    def docs(self, view: int) -> AbstractSet[int]:
        """The documents of a segment that any of them matches."""
        return set().union(*(part.docs(view) for part in self.parts))

    def score(self, view: int, docs: Sequence[int], scoring: "Scoring") -> list[float]:
        """The sums of those that match."""
        totals = [0.0] * len(docs)
        for part in self.parts:
            found = part.docs(view)
            for place, score in enumerate(part.score(view, docs, scoring)):
                if docs[place] in found:
                    totals[place] += score
        return totals


Clause = Leaf | Both | Either


class Scoring:
    """The figures behind the scores. Average lengths and rarities are those of a sample of documents; without one,
    typical lengths, and every word as rare as any other."""

    def __init__(self, views: Sequence[SegmentView], sample: Sequence[Doc] | None = None) -> None:
        self._members: dict[int, set[int]] | None = None
        averages: Mapping[str, float] = TYPICAL
        if sample is not None:
            self._members = {}
            for view, doc in sample:
                self._members.setdefault(view, set()).add(doc)
            averages = _average_lengths(views, sample)
        self.scales = [Scale(view.figures, averages) for view in views]
        self._rarities: dict[Leaf, float] = {}

    def find_rarity(self, leaf: Leaf) -> float:
        """How much it says of a document that this leaf occurs in it."""
        if self._members is None:
            return 1.0
        if leaf not in self._rarities:
            frequency = sum(len(docs & leaf.docs(view)) for view, docs in self._members.items())
            documents = sum(map(len, self._members.values()))
            self._rarities[leaf] = log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
        return self._rarities[leaf]


def _average_lengths(views: Sequence[SegmentView], sample: Sequence[Doc]) -> dict[str, float]:
    count = max(len(sample), 1)
    return {name: sum(views[v].figures.lengths[name][doc] for v, doc in sample) / count or 1.0 for name in SCORED}


@dataclass(frozen=True)
class Matches:
    """What a plan found in some segments, whoever may read it."""

    views: Sequence[SegmentView]
    required: Sequence[Clause]
    excluded: Sequence[Clause]

    @cached_property
    def docs(self) -> list[AbstractSet[int]]:
        """The living documents of each segment that match."""
        if not self.required:
            return [frozenset() for _ in self.views]
        kept = Both(list(self.required))
        banned = Either(list(self.excluded))
        return [kept.docs(view) - banned.docs(view) for view in range(len(self.views))]

    def score(self, docs: Iterable[Doc], sample: Sequence[Doc] | None = None) -> dict[Doc, float]:
        """The scores of documents that match, from the figures of a sample."""
        scoring, clauses = Scoring(self.views, sample), Both(list(self.required))
        by_view: dict[int, list[int]] = {}
        for view, doc in docs:
            by_view.setdefault(view, []).append(doc)
        return {
            (view, doc): score
            for view, own in by_view.items()
            for doc, score in zip(own, clauses.score(view, own, scoring), strict=True)
        }


def find_matches(plan: QueryPlan, views: Sequence[SegmentView]) -> Matches:
    """Looks a whole plan up in segments; the only step that reads their files."""
    return Matches(
        views,
        [_look_up(part, views) for part in plan.required],
        [_look_up(part, views) for part in plan.excluded],
    )


def _look_up(plan: Plan, views: Sequence[SegmentView]) -> Clause:
    match plan:
        case AllPlan(plans):
            return Both([_look_up(part, views) for part in plans])
        case AnyPlan(plans):
            return Either([_look_up(part, views) for part in plans])
        case WordPlan() | PhrasePlan() | PrefixPlan():
            return Leaf([find_evidence(plan, view) for view in views])
