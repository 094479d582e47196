"""Built files with hashed names, cached for ever."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from flask import url_for


@lru_cache
def _manifest(folder: Path) -> dict[str, str]:
    path = folder / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def hashed_name(folder: Path, name: str) -> str:
    """The built file's name for ``name`` by the manifest in ``folder``. Raises LookupError when it was not built."""
    try:
        return _manifest(folder)[name]
    except KeyError:
        raise LookupError(f"{name} is not built: run make assets") from None


def asset(name: str) -> str:
    """The address of a built file of the core, such as ``app.css``."""
    folder = Path(__file__).resolve().parent.parent / "static" / "build"
    return url_for("static", filename=f"build/{hashed_name(folder, name)}")
