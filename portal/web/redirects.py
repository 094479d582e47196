"""Redirect targets that stay here."""

from __future__ import annotations

import re

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

# A path of this site: one leading slash, no second, no backslash (browsers read "/\" as "//"), no control character.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def local_target(wanted: str | None, default: str = "/") -> str:
    """``wanted`` if it is an address on this site, else ``default``."""
    return wanted if wanted and len(wanted) <= 2000 and _LOCAL.fullmatch(wanted) else default


def moved_to(**values: object) -> Response:
    """To the page that is asked for, under the address that it has now; what a form sent goes along."""
    target = url_for(request.endpoint or "", **{**(request.view_args or {}), **values})
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{target}?{query}" if query else target, 301 if request.method in ("GET", "HEAD") else 308)
