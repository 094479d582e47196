"""Pages of administration, a module for each subject."""

from portal.admin.views import (
    audit,
    bulk,
    index,
    members,
    organisation_merging,
    organisations,
    people,
    plugin_purging,
    plugin_settings,
    plugins,
    roles,
    sessions,
    system,
    why,
)
from portal.admin.views.blueprint import blueprint

__all__ = [
    "audit",
    "blueprint",
    "bulk",
    "index",
    "members",
    "organisation_merging",
    "organisations",
    "people",
    "plugin_purging",
    "plugin_settings",
    "plugins",
    "roles",
    "sessions",
    "system",
    "why",
]
