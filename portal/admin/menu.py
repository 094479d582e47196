"""The pages of administration, in order."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.plugin_host.contributions import MenuEntry

ENTRIES = [
    MenuEntry(_l("Members"), "admin.member_list", icon="people", weight=10, permission="members.list_all"),
    MenuEntry(
        _l("Organisations"), "admin.organisation_list", icon="buildings", weight=15, permission="organisations.manage"
    ),
    MenuEntry(_l("Roles"), "admin.role_list", icon="shield-check", weight=20, permission="members.roles"),
    MenuEntry(_l("Plugins"), "admin.plugin_list", icon="puzzle", weight=30, permission="plugins.manage"),
    MenuEntry(_l("Audit log"), "admin.audit_list", icon="clock-history", weight=40, permission="audit.read"),
    MenuEntry(_l("System"), "admin.system_show", icon="activity", weight=50, permission="system.read"),
]
