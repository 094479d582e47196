"""From what matches to what is shown and counted: only what the asker may read now has any part in it.

The index follows the database by about a second. Whatever adds to the answer, be it a hit, a number or a figure
behind the scores, comes from documents that were asked again of the plugins, and the steps between depend on nothing
else. So two portals that differ only in what somebody may not read give them the same answer, also while the index
lags behind. To keep this cheap the figures come from a sample, and no more than `MOST` hits are looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from plugins.search.index import FACETS, Key, SearchRequest, Tally
from plugins.search.whoosh_index.matching import Doc, Matches
from plugins.search.whoosh_index.segments import SegmentView

MOST = 500
SAMPLE = 200
# So many more are asked for at once, lest a few that were withdrawn cost another question.
SPARE = 20
SCORE_DIGITS = 9
TYPE = "type"

Scored = tuple[Doc, float]
Rank = tuple[float, float, int]


@dataclass(frozen=True)
class Selection:
    """The documents of a page with their scores, and the numbers of the answer."""

    page: Sequence[Scored]
    total: int
    is_exact: bool
    types: Tally
    facets: dict[str, Tally]


@dataclass(frozen=True)
class Pool:
    """One hit for each place that some readable documents lead to; `is_whole` is false where more would match."""

    hits: Sequence[Scored]
    is_whole: bool


class Selector:
    """Chooses from the matches of one question. `allowed` has for each segment the documents that name the asker as
    reader, None for those that everyone who asks so may read as a whole. No files are read."""

    def __init__(self, matches: Matches, allowed: Sequence[AbstractSet[int] | None], request: SearchRequest) -> None:
        self.matches = matches
        self.views = matches.views
        self.allowed = allowed
        self.request = request
        self._known: dict[Key, bool] = {}

    def select(self) -> Selection:
        """Everything that the answer says, but for the texts of the hits."""
        every = self._arrange(self._list_candidates())
        chosen = self._arrange([doc for doc in every if self._fits(doc)]) if self._is_narrowed() else every
        sample = self._list_sample()
        first = list(islice(sample, SAMPLE + SPARE))
        self._ask([*first, *every[: MOST + SPARE], *chosen[: MOST + SPARE]])
        figures, _ = self._take(first, sample, SAMPLE)
        hits = self._make_pool(chosen, figures)
        others = self._make_pool(every, figures) if self._is_narrowed() else hits
        ranked = sorted(hits.hits, key=self._rank)
        page = ranked[self.request.offset : self.request.offset + self.request.limit]
        facets = {name: self._count(name, hits, others) for name in FACETS}
        return Selection(page, len(ranked), hits.is_whole, self._count(TYPE, hits, others), facets)

    def _list_candidates(self) -> list[Doc]:
        """What matches and may be read as far as the index knows."""
        found: list[Doc] = []
        for number, view in enumerate(self.views):
            docs, allowed = self.matches.docs[number], self.allowed[number]
            if allowed is not None:
                docs = docs & allowed
            found += [(number, doc) for doc in docs if view.figures.keys[doc][0] in self.request.types]
        return found

    def _arrange(self, docs: list[Doc]) -> list[Doc]:
        """Where there are too many to ask for all, puts first what is likely to rank first, by typical figures."""
        if len(docs) <= MOST:
            return docs
        scores = self.matches.score(docs)
        return sorted(docs, key=lambda doc: self._rank((doc, scores[doc])))

    def _list_sample(self) -> Iterator[Doc]:
        """The open documents, in an order that no other document changes."""
        numbers = (number for number, allowed in enumerate(self.allowed) if allowed is None)
        return merge(*map(self._list_open, numbers), key=self._order_of)

    def _list_open(self, number: int) -> Iterator[Doc]:
        view, types = self.views[number], self.request.types
        return ((number, doc) for doc in view.list_in_order() if view.figures.keys[doc][0] in types)

    def _order_of(self, doc: Doc) -> int:
        return self.views[doc[0]].figures.orders[doc[1]]

    def _key(self, doc: Doc) -> Key:
        return self.views[doc[0]].figures.keys[doc[1]]

    def _ask(self, docs: Iterable[Doc]) -> None:
        asked = {key for doc in docs if (key := self._key(doc)) not in self._known}
        if asked:
            readable = self.request.find_readable(sorted(asked))
            self._known.update((key, key in readable) for key in asked)

    def _take(self, first: list[Doc], rest: Iterator[Doc], most: int) -> tuple[list[Doc], bool]:
        """The first readable documents, up to so many, and whether these are all."""
        taken: list[Doc] = []
        batch = first
        while batch and len(taken) <= most:
            self._ask(batch)
            taken += [doc for doc in batch if self._known[self._key(doc)]]
            batch = list(islice(rest, most + SPARE))
        return taken[:most], len(taken) <= most

    def _make_pool(self, docs: list[Doc], figures: list[Doc]) -> Pool:
        taken, is_whole = self._take(docs[: MOST + SPARE], iter(docs[MOST + SPARE :]), MOST)
        scores = self.matches.score(taken, figures)
        best: dict[tuple[str, int], Scored] = {}
        for doc in taken:
            one = doc, round(scores[doc], SCORE_DIGITS)
            place = self._key(doc)[0], self.views[doc[0]].figures.places[doc[1]]
            if place not in best or self._rank(one) < self._rank(best[place]):
                best[place] = one
        return Pool(list(best.values()), is_whole)

    def _rank(self, one: Scored) -> Rank:
        """Best first, or newest first; what is equal is ordered by numbers made of the documents' names."""
        (view, doc), score = one
        figures = self.views[view].figures
        if self.request.order == "date":
            return -figures.dates[doc], -score, figures.orders[doc]
        return -score, -figures.dates[doc], figures.orders[doc]

    def _is_narrowed(self) -> bool:
        return bool(self.request.query.types or self.request.facets)

    def _fits(self, doc: Doc, but: str = "") -> bool:
        """Whether a document is of the types and has the values that are chosen (`but` one of these choices)."""
        types = self.request.query.types
        if but != TYPE and types and self._key(doc)[0] not in types:
            return False
        values = _values_of(self.views[doc[0]], doc[1])
        return all(name == but or one in values for name, one in self._chosen_values())

    def _chosen_values(self) -> list[tuple[str, tuple[str, str]]]:
        return [(name, (name, value)) for name, value in self.request.facets.items()]

    def _count(self, name: str, hits: Pool, others: Pool) -> Tally:
        """How many hits there would be for each type or value, if only this one choice were another."""
        is_chosen = bool(self.request.query.types) if name == TYPE else name in self.request.facets
        pool = others if is_chosen else hits
        docs = [doc for doc, _ in pool.hits if not is_chosen or self._fits(doc, but=name)]
        if name == TYPE:
            return Tally(Counter(self._key(doc)[0] for doc in docs), pool.is_whole)
        values = (one for view, doc in docs for one in _values_of(self.views[view], doc))
        return Tally(Counter(value for kind, value in values if kind == name), pool.is_whole)


def _values_of(view: SegmentView, doc: int) -> tuple[tuple[str, str], ...]:
    return view.figures.facets[doc]
