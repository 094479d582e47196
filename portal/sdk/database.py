"""Models, session and unit of work."""

from portal.database import (
    AudienceType,
    UtcDateTime,
    after_commit,
    plugin_base,
    reading,
    references,
    unit_of_work,
    utcnow,
    writing,
)
from portal.extensions import db

session = db.session

__all__ = [
    "AudienceType",
    "UtcDateTime",
    "after_commit",
    "plugin_base",
    "reading",
    "references",
    "session",
    "unit_of_work",
    "utcnow",
    "writing",
]
