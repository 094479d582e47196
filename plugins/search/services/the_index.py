"""The index of this process, by the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from plugins.search.index import SearchIndex
from plugins.search.null_index import NullIndex
from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.hooks import data_folder, search_backend

ENGINES: dict[str, Callable[[Path], SearchIndex]] = {"auto": WhooshIndex, "whoosh": WhooshIndex}


def find_index() -> SearchIndex:
    """The index in the portal's data folder, of the engine that PORTAL_SEARCH_BACKEND names; one that is never ready
    where the folder cannot be used."""
    try:
        return _open_index(search_backend(), data_folder("search") / "index")
    except OSError:
        return NullIndex()


@cache  # kept for as long as the process lives: another thread may be reading in it
def _open_index(engine: str, folder: Path) -> SearchIndex:
    return ENGINES[engine](folder)
