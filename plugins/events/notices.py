"""The kinds of notice of events."""

from __future__ import annotations

from typing import Any

from plugins.events.services.telling import CHANGED, PUBLISHED, list_knowable
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.notices import NoticeKind


def published(params: dict[str, Any]) -> str:
    """That an event that one takes part in can be read."""
    return _("“%(title)s” is published", title=params["title"])


def changed(params: dict[str, Any]) -> str:
    """That an event that one takes part in is at another time or place."""
    return _("Time, place or title changed: “%(title)s”", title=params["title"])


KINDS = [
    NoticeKind(
        CHANGED,
        _l("Changes of my events"),
        _l("Time, place or title of a coming event that you take part in changed."),
        changed,
        list_knowable,
        default="at_once",
        icon="calendar-event",
    ),
    NoticeKind(
        PUBLISHED,
        _l("Publications of my events"),
        _l("An event that you take or took part in was published."),
        published,
        list_knowable,
        default="daily",
        icon="calendar-event",
    ),
]
