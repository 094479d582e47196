"""What may be done with organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission("organisations.manage", _l("Create organisations and say who belongs to them"), ("editorial",)),
]
