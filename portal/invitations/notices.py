"""The kind of notice of this room."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.invitations.services.queries import list_decidable
from portal.plugin_host.contributions import NoticeKind


def requests_wait(params: dict[str, Any]) -> str:
    """That requests wait. Strangers write them, so nothing of them is mailed."""
    return _("Requests for access are waiting for a decision")


KINDS = [
    NoticeKind(
        "invitations.request_waiting",
        _l("Requests for access"),
        _l("Somebody asks for access to the portal. You are told once until you have looked."),
        requests_wait,
        list_decidable,
        default="at_once",
        permission="members.invite",
        icon="envelope",
    )
]
