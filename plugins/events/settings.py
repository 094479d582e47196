"""What admins may set for events."""

from __future__ import annotations

from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting

LISTS = "participant_lists"
SETTINGS = [
    Setting(
        LISTS,
        _l("Who sees who took part"),
        "choice",
        help=_l("People are listed only if they agreed to it. The editorial office always sees everybody."),
        choices=(
            ("participants", _l("Those who took part too")),
            ("team", _l("Only the editorial office")),
        ),
    ),
]
