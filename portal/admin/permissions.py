"""What may be administered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission("plugins.manage", _l("Switch plugins on and off")),
    Permission("plugins.export", _l("Take out all data of a plugin, whoever may read it")),
    Permission("audit.read", _l("Read the audit log")),
    Permission("system.read", _l("See how the system is")),
]
