"""The kinds of notice of the rooms below: members, organisations, log-in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.login.notices import NOTICES
from portal.notices.names import JOINED, RIGHTS, SECURITY
from portal.notices.services.readable import list_joined, list_own
from portal.permissions.actor import Actor
from portal.plugin_host.contributions import NoticeKind


def joined(params: dict[str, Any]) -> str:
    """Who belongs to one's organisation now."""
    return _("%(name)s now belongs to %(organisation)s", **params)


def rights_changed(params: dict[str, Any]) -> str:
    """What somebody may now: by their roles or in an organisation."""
    if "roles" in params:
        roles = ", ".join(params["roles"])
        return _("Your roles in the portal are now: %(roles)s", roles=roles) if roles else _("You have no role now")
    if params["role"] == "editor":
        return _("You are now an editor of %(organisation)s", organisation=params["organisation"])
    if params["role"]:
        return _("You now represent %(organisation)s", organisation=params["organisation"])
    return _("You no longer belong to %(organisation)s", organisation=params["organisation"])


def security(params: dict[str, Any]) -> str:
    """What was written to the owner of the account."""
    return str(NOTICES[params["event"]][0])


def edits_something(member: Actor) -> bool:
    """Whether the member is an editor of some organisation."""
    return bool(member.edited_organisations)


KINDS = [
    NoticeKind(
        JOINED,
        _l("New colleagues"),
        _l("Somebody now belongs to an organisation that you edit."),
        joined,
        list_joined,
        default="daily",
        permission=edits_something,
        icon="person-plus",
    ),
    NoticeKind(
        RIGHTS,
        _l("Your roles and organisations"),
        _l("Somebody changed what you may do in the portal, or where you belong."),
        rights_changed,
        list_own,
        default="at_once",
        icon="person-gear",
    ),
    NoticeKind(
        SECURITY,
        _l("Security of your account"),
        _l("Your password, a second factor or your address changed, or somebody logged in on a new device."),
        security,
        list_own,
        default="at_once",
        transactional=True,
        icon="shield-lock",
    ),
]
