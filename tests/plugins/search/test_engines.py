from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

from plugins.search.services import the_index
from plugins.search.whoosh_index import WhooshIndex
from portal.config import Settings, SettingsError, load_settings


def test_every_engine_that_can_be_set_is_there() -> None:
    assert the_index.ENGINES.keys() == set(get_args(Settings.model_fields["search_backend"].annotation))


def test_find_index_opens_what_the_settings_name(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(the_index.find_index(), WhooshIndex)
    monkeypatch.setattr(the_index, "search_backend", lambda: "other")
    with pytest.raises(KeyError):
        the_index.find_index()


@pytest.mark.parametrize("name", ["sqlite", "postgres", ""])
def test_an_engine_that_is_not_there_is_refused_in_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_SEARCH_BACKEND", name)
    with pytest.raises(SettingsError, match="PORTAL_SEARCH_BACKEND: .*must be auto or whoosh"):
        load_settings(data_dir=tmp_path)
