"""What may be done with members."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission("members.list_all", _l("See all members, with address and state"), ("editorial",)),
    Permission("members.create", _l("Create people and members"), ("editorial",)),
    Permission("members.edit", _l("Change name, address and function of others"), ("editorial",)),
    Permission("members.invite", _l("Invite people to log in"), ("editorial",)),
    Permission("members.disable", _l("Disable and re-enable members")),
    Permission(
        "members.merge",
        _l("Merge people who are in the portal twice"),
        explanation=_l("What belongs to a person without account then belongs to somebody else. It can't be undone."),
    ),
    Permission("members.roles", _l("Give and take roles")),
]
