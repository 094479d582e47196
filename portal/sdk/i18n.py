"""Translations: the catalogue is the merged one of the plugins in force and the core."""

from flask_babel import get_locale, gettext, lazy_gettext, lazy_ngettext, lazy_pgettext, ngettext, pgettext

from portal.plugin_host.translations import per_language

__all__ = [
    "get_locale",
    "gettext",
    "lazy_gettext",
    "lazy_ngettext",
    "lazy_pgettext",
    "ngettext",
    "per_language",
    "pgettext",
]
