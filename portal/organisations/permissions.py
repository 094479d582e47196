"""What may be done with organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission(
        "organisations.manage",
        _l("Create organisations and say who belongs to them"),
        ("editorial",),
        explanation=_l("Creates, renames, archives and merges organisations, and puts people into any of them."),
        for_editors=_l("Editors of an organisation say what its people do, remove them and hand over."),
    ),
]
