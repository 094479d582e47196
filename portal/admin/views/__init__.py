"""Pages of administration, a module for each subject."""

from portal.admin.views import audit, index, members, organisations, people, plugins, roles, system
from portal.admin.views.blueprint import blueprint

__all__ = ["audit", "blueprint", "index", "members", "organisations", "people", "plugins", "roles", "system"]
