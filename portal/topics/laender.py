"""The sixteen Länder, by their ISO 3166-2 codes without the country."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

LAENDER: dict[str, Any] = {
    "BW": _l("Baden-Württemberg"),
    "BY": _l("Bavaria"),
    "BE": _l("Berlin"),
    "BB": _l("Brandenburg"),
    "HB": _l("Bremen"),
    "HH": _l("Hamburg"),
    "HE": _l("Hesse"),
    "MV": _l("Mecklenburg-Western Pomerania"),
    "NI": _l("Lower Saxony"),
    "NW": _l("North Rhine-Westphalia"),
    "RP": _l("Rhineland-Palatinate"),
    "SL": _l("Saarland"),
    "SN": _l("Saxony"),
    "ST": _l("Saxony-Anhalt"),
    "SH": _l("Schleswig-Holstein"),
    "TH": _l("Thuringia"),
}
