"""Removing files. The bytes go after the commit, so that a row that stays never loses them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.database import after_commit
from portal.extensions import db
from portal.files.kinds import CARD_SIDE, SQUARE_SIDES, THUMBNAIL_WIDTHS
from portal.files.models import Attachment, square_key, thumbnail_key
from portal.files.store import current_storage
from portal.permissions.actor import Actor
from portal.plugin_host.announcements import announce_deleted


def delete_attachment(member: Actor, attachment: Attachment) -> None:
    """Remove an attachment with its file and thumbnails. The caller has checked that ``member`` may."""
    _delete(member, [attachment])


def delete_attachments(member: Actor, subject_type: str, subject_ids: Iterable[int]) -> int:
    """Remove all that belongs to these subjects, which are about to be deleted, and say how many."""
    rows = select(Attachment).where(
        Attachment.subject_type == subject_type, Attachment.subject_id.in_(list(subject_ids))
    )
    return _delete(member, db.session.scalars(rows).all())


def delete_attachments_of_plugin(member: Actor, plugin_id: str) -> int:
    """Remove every attachment of a plugin that is purged, and say how many."""
    return _delete(member, db.session.scalars(select(Attachment).where(Attachment.owner_plugin == plugin_id)).all())


def delete_stored(storage_key: str) -> None:
    """Remove a file and its thumbnails from the storage at once; nothing happens if they are absent."""
    storage = current_storage()
    thumbnails = [thumbnail_key(storage_key, width) for width in THUMBNAIL_WIDTHS]
    squares = [square_key(storage_key, side) for side in SQUARE_SIDES]
    for key in (*thumbnails, *squares, square_key(storage_key, CARD_SIDE, "jpg"), storage_key):
        storage.delete(key)


def _delete(member: Actor, attachments: Iterable[Attachment]) -> int:
    rows = list(attachments)
    for attachment in rows:
        details = {"name": attachment.file_name, "subject": f"{attachment.subject_type}:{attachment.subject_id}"}
        record(member, "attachment.deleted", "files.attachment", attachment.id, details)
        announce_deleted(member, "files.attachment", attachment.id)
        after_commit(partial(delete_stored, attachment.storage_key))
        db.session.delete(attachment)
    db.session.flush()
    return len(rows)
