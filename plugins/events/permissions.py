"""What one may be allowed to do with events."""

from __future__ import annotations

from portal.sdk.access import Permission
from portal.sdk.i18n import lazy_gettext as _l

EDIT = "events.edit"

PERMISSIONS = [
    Permission(
        EDIT,
        _l("Document events"),
        default_roles=("editorial",),
        explanation=_l("Create, edit, publish and withdraw events with everything that belongs to them; sees drafts."),
    )
]
