"""How long invitations and requests for access are kept."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from portal.database import utcnow
from portal.invitations.models import AccessRequest, Invitation
from portal.retention.registry import rows_rule


def _settled_invitation(before: datetime) -> ColumnElement[bool]:
    ended = (Invitation.accepted_at < before) | (Invitation.withdrawn_at < before)
    return ended | (Invitation.expires_at < before)


def _settled_request(before: datetime) -> ColumnElement[bool]:
    """Decided long ago, or never confirmed: that one goes as soon as its link is over."""
    unconfirmed = AccessRequest.confirmed_at.is_(None) & (AccessRequest.expires_at < utcnow())
    return unconfirmed | (AccessRequest.decided_at < before)


RULES = [
    rows_rule(
        "invitations.invitations",
        _l("Invitations that were accepted, withdrawn or have expired"),
        "keep_invitation_days",
        {Invitation: _settled_invitation},
    ),
    rows_rule(
        "invitations.requests",
        _l("Requests for access that were decided (those that nobody confirmed: one day)"),
        "keep_request_days",
        {AccessRequest: _settled_request},
    ),
]
