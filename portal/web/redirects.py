"""Redirect targets that stay here."""

from __future__ import annotations

import re

# A path of this site: one leading slash, no second, no backslash (browsers read "/\" as "//"), no control character.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def local_target(wanted: str | None, default: str = "/") -> str:
    """``wanted`` if it is an address on this site, else ``default``."""
    return wanted if wanted and len(wanted) <= 2000 and _LOCAL.fullmatch(wanted) else default
