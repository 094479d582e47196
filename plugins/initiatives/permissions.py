"""What the plugin's permission allows. Editors of an organisation edit and publish its profile without any."""

from __future__ import annotations

from portal.sdk.access import Permission
from portal.sdk.i18n import lazy_gettext as _l

REVIEW = "initiatives.review"

PERMISSIONS = [
    Permission(
        REVIEW,
        _l("Edit and publish every initiative's profile"),
        default_roles=("admin", "editorial"),
        explanation=_l("Sees drafts too, and edits, publishes and withdraws profiles in place of their own editors."),
        for_editors=_l("Editors of an initiative edit and publish its profile."),
    )
]
