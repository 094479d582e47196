"""The search index on Whoosh's files."""

import heapq
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import structlog
from whoosh.index import LockError

from plugins.search.highlighting import Highlighter
from plugins.search.index import (
    NOT_READY,
    Hit,
    IndexBusy,
    IndexNotReady,
    IndexState,
    IndexStatus,
    Key,
    SearchAnswer,
    SearchRequest,
)
from plugins.search.plan import QueryPlan, plan_query
from plugins.search.strata import Stratum, list_open_strata
from plugins.search.whoosh_index.folder import IndexFolder
from plugins.search.whoosh_index.matching import Matcher
from plugins.search.whoosh_index.schema import find_schema_fingerprint
from plugins.search.whoosh_index.segments import SegmentView, StratumReader
from plugins.search.whoosh_index.writing import build_strata, write_batch
from portal.sdk.contributions import SearchDocument

WRITE_PATIENCE = 10.0
SCORE_DIGITS = 9

T = TypeVar("T")
Found = tuple[SegmentView, int, float]
Place = tuple[str, int]
Ranking = Callable[[Found], tuple[float, float, int]]
_log = structlog.get_logger(__name__)


class WhooshIndex:
    """One folder of indexes. Safe to share between threads: Whoosh's files have one reading position each, so
    searches take turns."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root, find_schema_fingerprint())
        self._turn = threading.Lock()
        self._readers: dict[Stratum, StratumReader] = {}
        self._token: tuple[int, int] | None = None

    def status(self) -> IndexStatus:
        """How the index is; counts documents only when it can be read."""
        state = self._folder.find_state()
        documents = 0
        if state is IndexState.READY:
            documents = self._read(lambda: sum(view.count for stratum in Stratum for view in self._views(stratum))) or 0
            state = self._folder.find_state()
        return IndexStatus(state, documents, self._folder.find_size(), self._folder.is_held("rebuild"))

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Puts documents in, each in place of what bore its key."""
        self._write(documents, ())

    def remove(self, keys: Iterable[Key]) -> None:
        """Takes documents out."""
        self._write((), keys)

    def _write(self, documents: Iterable[SearchDocument], keys: Iterable[Key]) -> None:
        with self._folder.hold("write", WRITE_PATIENCE):
            build = self._folder.find_current()
            if build is None:
                raise IndexNotReady
            try:
                write_batch(build, documents, keys)
            except LockError as error:
                raise IndexBusy from error
            except Exception as error:
                self._report_broken(build, error)
                raise IndexNotReady from error

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answers from the files; whatever is wrong with them ends in NOT_READY and a mark for the sweep."""
        plan = plan_query(request.query)
        answer = self._read(lambda: self._answer(plan, request))
        return NOT_READY if answer is None else answer

    def find_versions(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The versions of those of these documents that are in the index."""
        wanted = list(keys)
        return self._collect_versions(lambda view: view.find_identities(wanted))

    def list_versions(self) -> dict[Key, str]:
        """The version of every document in the index."""
        return self._collect_versions(SegmentView.list_identities)

    def _collect_versions(self, list_of: Callable[[SegmentView], Iterable[tuple[Key, str]]]) -> dict[Key, str]:
        versions = self._read(
            lambda: dict(one for stratum in Stratum for view in self._views(stratum) for one in list_of(view))
        )
        if versions is None:
            raise IndexNotReady
        return versions

    def rebuild(self, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
        """Builds anew beside the index in use and takes its place when complete."""
        with self._folder.hold("rebuild", 0):
            build = self._folder.make_build()
            count = build_strata(build, documents, progress)
            with self._folder.hold("write", WRITE_PATIENCE):
                self._folder.switch_to(build)
        return count

    def close(self) -> None:
        """Closes all files; the next question opens them again."""
        with self._turn:
            self._close()

    def _close(self) -> None:
        for reader in self._readers.values():
            reader.close()
        self._readers = {}
        self._token = None

    def _read(self, work: Callable[[], T]) -> T | None:
        """Does some reading in turn. The writer may delete a file under the reader's hands, so one failure is
        no proof; the second marks the build as broken. None when there is nothing to read."""
        with self._turn:
            for last in (False, True):
                build = self._folder.find_current()
                if build is None:
                    return None
                try:
                    self._open(build)
                    return work()
                except Exception as error:
                    self._close()
                    if last:
                        self._report_broken(build, error)
        return None

    def _open(self, build: Path) -> None:
        token = self._folder.find_token()
        if token != self._token:
            self._close()
            self._readers = {stratum: StratumReader(str(build / stratum)) for stratum in Stratum}
            self._token = token

    def _report_broken(self, build: Path, error: Exception) -> None:
        self._folder.mark_broken(build)
        _log.error("search.index_broken", build=build.name, exc_info=error)

    def _views(self, stratum: Stratum) -> list[SegmentView]:
        reader = self._readers[stratum]
        reader.refresh()
        return list(reader.views.values())

    def _answer(self, plan: QueryPlan, request: SearchRequest) -> SearchAnswer:
        open_strata = list_open_strata(request.principals)
        open_views = [view for stratum in open_strata for view in self._views(stratum)]
        closed_views = [view for stratum in Stratum if stratum not in open_strata for view in self._views(stratum)]
        better, best = _ranking(request), dict[Place, Found]()
        for number, (view, scores) in enumerate(Matcher(open_views, closed_views).match(plan)):
            is_open = number < len(open_views)
            allowed = scores.keys() if is_open else scores.keys() & view.find_allowed(request.principals)
            for doc in allowed:
                _keep_best(best, (view, doc, round(scores[doc], SCORE_DIGITS)), better)
        counts = Counter(kind for kind, _ in best if kind in request.types)
        chosen = counts.keys() & request.query.types if request.query.types else counts.keys()
        found = [one for (kind, _), one in best.items() if kind in chosen]
        page = heapq.nsmallest(request.offset + request.limit, found, key=better)[request.offset :]
        highlighter = Highlighter(plan)
        return SearchAnswer(True, tuple(_make_hit(one, highlighter) for one in page), len(found), dict(counts))


def _keep_best(best: dict[Place, Found], one: Found, better: Ranking) -> None:
    """Several documents may lead to one place (what all may read of it, and what some may): one hit for each."""
    view, doc, _ = one
    place = view.figures.types[doc], view.figures.places[doc]
    known = best.get(place)
    if known is None or better(one) < better(known):
        best[place] = one


def _ranking(request: SearchRequest) -> Ranking:
    """Best first, or newest first; what is equal is ordered by the documents' names."""

    def by_relevance(one: Found) -> tuple[float, float, int]:
        view, doc, score = one
        return -score, -view.figures.dates[doc], view.figures.orders[doc]

    def by_date(one: Found) -> tuple[float, float, int]:
        view, doc, score = one
        return -view.figures.dates[doc], -score, view.figures.orders[doc]

    return by_date if request.order == "date" else by_relevance


def _make_hit(one: Found, highlighter: Highlighter) -> Hit:
    view, doc, score = one
    record = view.read_record(doc)
    return Hit(
        type=record["type"],
        id=record["id"],
        title=highlighter.mark(record["title"]),
        snippet=highlighter.make_snippet(record["body"]),
        url=record["url"],
        path=record["path"],
        language=record["language"],
        date=record["date"],
        score=score,
    )
