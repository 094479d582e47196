"""The declarative base, column types, engine settings and the unit of work."""

from portal.database.base import Base, convention, plugin_base, references, utcnow
from portal.database.types import AudienceType, UtcDateTime, meets, meets_asker
from portal.database.work import after_commit, is_writing, keep_changes, reading, trial, unit_of_work, writing

__all__ = [
    "AudienceType",
    "Base",
    "UtcDateTime",
    "after_commit",
    "convention",
    "is_writing",
    "keep_changes",
    "meets",
    "meets_asker",
    "plugin_base",
    "reading",
    "references",
    "trial",
    "unit_of_work",
    "utcnow",
    "writing",
]
