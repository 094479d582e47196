"""Having nothing left in the index's files of what the database no longer holds."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import delete

from plugins.search.index import IndexBusy, IndexNotReady
from plugins.search.models import SearchChange, SearchProgress
from plugins.search.services.the_index import find_index
from portal.sdk.database import after_commit, session
from portal.sdk.hooks import effective_plugins
from portal.sdk.jobs import enqueue


def forget_texts() -> None:
    """Make the index anew once the unit of work is committed; while the plugin is off, throw it away: the sweep
    makes it when the plugin comes back."""
    if "search" in effective_plugins():
        enqueue("search.rebuild")
    else:
        after_commit(lambda: find_index().clear())


def forget_plugin(plugin_id: str) -> None:
    """Take all documents of a purged plugin out of the index and what waits about it, then out of its files too."""
    session.execute(delete(SearchChange).where(SearchChange.type.startswith(f"{plugin_id}.", autoescape=True)))
    session.execute(delete(SearchProgress).where(SearchProgress.plugin_id == plugin_id))
    index = find_index()
    with suppress(IndexBusy, IndexNotReady):  # then it is made anew without them
        index.remove([key for key in index.list_versions() if key[0].startswith(f"{plugin_id}.")])
    forget_texts()
