from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.search.whoosh_index import WhooshIndex
from portal.sdk.contributions import SearchDocument

Build = Callable[..., WhooshIndex]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """``build(document, …)``: an index of these documents."""
    made: list[WhooshIndex] = []

    def build_index(*documents: SearchDocument) -> WhooshIndex:
        index = WhooshIndex(tmp_path / f"index{len(made)}")
        index.rebuild(documents, lambda count: None)
        made.append(index)
        return index

    yield build_index
    for index in made:
        index.close()
