"""Why a file has no text or no thumbnails, as editors read it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "time": _l("Processing took too long."),
    "memory": _l("The file is too large to be processed."),
    "unreadable": _l("The file is damaged or protected by a password."),
    "crash": _l("The file could not be processed."),
    "missing": _l("The file is missing in the storage."),
    "scanned": _l("No text was found. Was the document scanned?"),
    "cut": _l("The text is very long; only its beginning is searchable."),
}
