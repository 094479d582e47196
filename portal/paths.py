"""Where the folders outside the packages lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shared_folder(name: str) -> Path:
    """The top-level folder ``name``: beside the package in a checkout, under ``share/portal`` in an installation."""
    beside = PACKAGE.parent / name
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "portal" / name
