"""The index of this process, by the settings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from plugins.search.index import SearchIndex
from plugins.search.null_index import NullIndex
from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.hooks import data_folder


def find_index() -> SearchIndex:
    """The index in the portal's data folder; one that is never ready where the folder cannot be used."""
    try:
        return _open_index(data_folder("search") / "index")
    except OSError:
        return NullIndex()


@lru_cache(maxsize=4)
def _open_index(folder: Path) -> SearchIndex:
    return WhooshIndex(folder)
