"""The search index on Whoosh's files."""

import threading
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
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
from plugins.search.whoosh_index.matching import Matches, find_matches
from plugins.search.whoosh_index.schema import Record, find_schema_fingerprint
from plugins.search.whoosh_index.segments import SegmentView, StratumReader
from plugins.search.whoosh_index.selection import Scored, Selector
from plugins.search.whoosh_index.writing import build_strata, write_batch
from portal.sdk.contributions import SearchDocument

WRITE_PATIENCE = 10.0

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class WhooshIndex:
    """One folder of indexes. Safe to share between threads: Whoosh's files have one reading position each, so
    searches take turns."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root, find_schema_fingerprint())
        self._turn = threading.RLock()
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
        """Answers from the files; whatever is wrong with them ends in NOT_READY and a mark for the sweep.

        While the plugins are asked what may be read nobody else waits for the files. If they change meanwhile, it
        is all done once more without letting go of them."""
        plan = plan_query(request.query)
        for turn in (nullcontext(), self._turn):
            with turn:
                found = self._read(lambda: self._find(plan, request.principals))
                if found is None:
                    return NOT_READY
                selection = Selector(*found, request).select()
                views, page = found[0].views, selection.page
                hits = self._read(lambda: self._make_hits(views, page, Highlighter(plan)))  # noqa: B023 (called at once)
            if hits is not None:
                return SearchAnswer(
                    True, tuple(hits), selection.total, selection.is_exact, selection.types, selection.facets
                )
        return NOT_READY

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

    def clear(self) -> None:
        """Throws every build away."""
        with self._turn, self._folder.hold("write", WRITE_PATIENCE):
            self._close()
            self._folder.remove_all()

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

    def _find(self, plan: QueryPlan, principals: frozenset[str]) -> tuple[Matches, Sequence[AbstractSet[int] | None]]:
        open_strata = list_open_strata(principals)
        open_views = [view for stratum in open_strata for view in self._views(stratum)]
        closed_views = [view for stratum in Stratum if stratum not in open_strata for view in self._views(stratum)]
        allowed = [None] * len(open_views) + [view.find_allowed(principals) for view in closed_views]
        return find_matches(plan, [*open_views, *closed_views]), allowed

    def _make_hits(
        self, views: Sequence[SegmentView], page: Sequence[Scored], highlighter: Highlighter
    ) -> list[Hit] | None:
        """The hits in full; None when their files were closed meanwhile."""
        present = {view for reader in self._readers.values() for view in reader.views.values()}
        if not all(views[number] in present for (number, _), _ in page):
            return None
        return [_make_hit(views[number].read_record(doc), score, highlighter) for (number, doc), score in page]


def _make_hit(record: Record, score: float, highlighter: Highlighter) -> Hit:
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
