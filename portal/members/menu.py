"""The members' place in the navigation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.plugin_host.contributions import MenuEntry

ENTRIES = [MenuEntry(_l("Members"), "members.member_list", icon="people", weight=70)]
