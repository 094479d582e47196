"""Having nothing left in the index's files of what the database no longer holds."""

from __future__ import annotations

from plugins.search.services.the_index import find_index
from portal.sdk.database import after_commit
from portal.sdk.hooks import effective_plugins
from portal.sdk.jobs import enqueue


def forget_texts() -> None:
    """Make the index anew once the unit of work is committed; while the plugin is off, throw it away: the sweep
    makes it when the plugin comes back."""
    if "search" in effective_plugins():
        enqueue("search.rebuild")
    else:
        after_commit(lambda: find_index().clear())
