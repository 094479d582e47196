"""What admins may set for the search."""

from __future__ import annotations

from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting

PAGE_SIZE = "hits_per_page"
SETTINGS = [
    Setting(
        PAGE_SIZE,
        _l("Hits on a page"),
        "number",
        20,
        help=_l("Fewer hits are shown faster on slow lines."),
        least=5,
        most=50,
    ),
]
