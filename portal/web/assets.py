"""Built files with hashed names, cached for ever."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

from portal.paths import PACKAGE

BUILD = PACKAGE / "static" / "build"


def hashed_name(folder: Path, name: str) -> str:
    """The built file's name for ``name`` by the manifest in ``folder``. Raises LookupError when it was not built."""
    try:
        return _manifest(folder)[name]
    except KeyError:
        raise LookupError(f"{name} is not built: run make run once") from None


@cache
def _manifest(folder: Path) -> dict[str, str]:
    path = folder / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def asset(name: str) -> str:
    """The address of a built file of the core, such as ``app.css``; computed once, as a page asks a dozen times."""
    return f"/static/build/{hashed_name(BUILD, name)}"


@cache
def icon(name: str, label: str = "", **attributes: str) -> Markup:
    """A symbol of the sprite: decoration, or with a ``label`` one that speaks; ``class`` is added to its own.

    Names: https://icons.getbootstrap.com. The build finds names that a template writes out; one that is chosen at
    run time must stand in portal/frontend/icons.txt."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    classes = f"icon {attributes['class']}" if "class" in attributes else "icon"
    address = f"{asset('icons.svg')}#{name}"
    return Markup('<svg class="{}" {}><use href="{}"/></svg>').format(classes, spoken, address)
