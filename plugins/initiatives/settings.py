"""What admins may set for initiatives."""

from __future__ import annotations

from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting

MONTHS = "confirm_after_months"
SETTINGS = [
    Setting(
        MONTHS,
        _l("Ask for confirmation after"),
        "number",
        12,
        help=_l("In months: editors are then asked on their start page if their profile is still true. 0: never."),
        least=0,
        most=60,
    ),
]
