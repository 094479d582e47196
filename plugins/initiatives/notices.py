"""The kind of notice of initiatives."""

from __future__ import annotations

from typing import Any

from plugins.initiatives.services.telling import CHANGED, list_knowable
from portal.sdk.access import Actor
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.notices import NoticeKind


def changed(params: dict[str, Any]) -> str:
    """That somebody else changed one's profile."""
    return _("%(who)s changed the profile of %(organisation)s", **params)


def edits_something(member: Actor) -> bool:
    """Whether the member is an editor of some organisation."""
    return bool(member.edited_organisations)


KINDS = [
    NoticeKind(
        CHANGED,
        _l("Changes of my initiative's profile"),
        _l("Somebody else changed, published or withdrew the profile of an initiative that you edit."),
        changed,
        list_knowable,
        default="daily",
        permission=edits_something,
        icon="buildings",
    )
]
