"""What admins can let roles do."""

from __future__ import annotations

from portal.sdk.access import Permission
from portal.sdk.i18n import lazy_gettext as _l

WRITE = "sampleid.write"
PERMISSIONS = [Permission(WRITE, _l("Write entries"), default_roles=("editorial",))]
