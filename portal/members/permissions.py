"""What may be done with members."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

OFFICE = ("editorial",)

PERMISSIONS = [
    Permission(
        "members.list_all",
        _l("See all members, with address and state"),
        OFFICE,
        explanation=_l("Opens the list of everybody in administration, also of people who are disabled."),
    ),
    Permission(
        "members.create",
        _l("Create people and members"),
        OFFICE,
        explanation=_l("Puts people into the portal, who can be speakers or participants before they have an account."),
    ),
    Permission(
        "members.edit",
        _l("Change name, address and function of others"),
        OFFICE,
        explanation=_l("Whoever changes an address decides who gets the mails; the old address is told."),
    ),
    Permission(
        "members.invite",
        _l("Invite people to log in"),
        OFFICE,
        explanation=_l("Sends invitations to anybody, and decides on requests for access."),
        for_editors=_l("Editors of an organisation invite colleagues into it."),
    ),
    Permission(
        "members.disable",
        _l("Disable and re-enable members"),
        explanation=_l("Shuts members out at once, on every device, and lets them in again; nothing is deleted."),
    ),
    Permission(
        "members.merge",
        _l("Merge people who are in the portal twice"),
        explanation=_l("What belongs to a person without account then belongs to somebody else. It can't be undone."),
    ),
    Permission(
        "members.roles",
        _l("Give and take roles"),
        explanation=_l("Decides who may do what, but never gives more than one holds oneself."),
    ),
]
