"""The kinds of organisations, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

TITLES: dict[str, Any] = {
    "initiative": _l("Initiative"),
    "transformation_network": _l("Transformation network"),
    "chamber_project": _l("Chamber project"),
    "association": _l("Association"),
    "office": _l("Office"),
    "other": _l("Other organisation"),
}
