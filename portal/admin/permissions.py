"""What may be administered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission(
        "plugins.manage",
        _l("Switch plugins on and off"),
        explanation=_l("Whole parts of the portal come and go for everybody; their data is kept."),
    ),
    Permission(
        "plugins.export",
        _l("Take out all data of a plugin, whoever may read it"),
        explanation=_l("Gets a file with everything that a plugin holds, also what others wrote for few readers."),
    ),
    Permission(
        "audit.read",
        _l("Read the audit log"),
        explanation=_l("Sees who did what, when and from which network, and may take it along as a file."),
    ),
    Permission(
        "system.read",
        _l("See how the system is"),
        explanation=_l("Sees versions, settings without their secrets, and how database, storage and jobs are."),
    ),
]
