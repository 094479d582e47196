"""The office's pages of getting in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.plugin_host.contributions import MenuEntry

ENTRIES = [
    MenuEntry(
        _l("Invitations"), "invitations.invitation_list", icon="envelope", weight=11, permission="members.invite"
    ),
    MenuEntry(_l("Requests"), "invitations.request_list", icon="person-plus", weight=12, permission="members.invite"),
]
