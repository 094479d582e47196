"""Snapshots of anything: taken, compared, restored; conflicts detected."""

from portal.revisions.models import Revision
from portal.revisions.services.comparing import FieldChange, Piece, compare, compare_words
from portal.revisions.services.snapshots import (
    check_version,
    delete_revisions,
    find_latest,
    get_revision,
    list_revisions,
    record_revision,
    replace_value,
)
from portal.revisions.services.texts import tidy_text

__all__ = [
    "FieldChange",
    "Piece",
    "Revision",
    "check_version",
    "compare",
    "compare_words",
    "delete_revisions",
    "find_latest",
    "get_revision",
    "list_revisions",
    "record_revision",
    "replace_value",
    "tidy_text",
]
