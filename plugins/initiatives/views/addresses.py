"""Pages under an address that an initiative had before it was renamed or merged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from plugins.initiatives.services.queries import find_present_slug
from portal.sdk.errors import NotFound
from portal.sdk.web import moved_to


def follows_old_addresses(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Lead from an old address to the present one whoever may read the profile; nobody else learns that it moved."""

    @wraps(view)
    def find(slug: str, **others: Any) -> ResponseReturnValue:
        try:
            return view(slug, **others)
        except NotFound:
            present = find_present_slug(current_user, slug)
            if present is None:
                raise
            return moved_to(slug=present)

    return find
