"""What repairs itself: work whose nudge was lost, and files that no row points at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import structlog
from sqlalchemy import select

from portal.database import reading, utcnow
from portal.extensions import db
from portal.files.models import Attachment, State
from portal.files.services.cutting import CUT
from portal.files.services.uploading import PROCESS
from portal.files.store import current_storage
from portal.jobs import enqueue, job

log = structlog.get_logger(__name__)
LOST_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=2)
ORPHAN_AFTER = timedelta(days=1)
KEYS_AT_ONCE = 500
NUDGES_AT_ONCE = 20


@job("files.sweep_pending", every=600)
def sweep_pending() -> None:
    """Nudge work that waits for more than ten minutes; after two days it counts as failed."""
    waiting = (Attachment.text_state == State.PENDING) | (Attachment.thumbnail_state == State.PENDING)
    rows = select(Attachment).where(waiting, Attachment.changed_at < utcnow() - LOST_AFTER).limit(NUDGES_AT_ONCE)
    for attachment in db.session.scalars(rows).all():
        if attachment.created_at < utcnow() - GIVEN_UP_AFTER:
            _give_up(attachment)
        else:
            enqueue(PROCESS, attachment_id=attachment.id)
    uncut = (Attachment.crop != Attachment.cut, Attachment.thumbnail_state == State.DONE)
    late = select(Attachment.id).where(*uncut, Attachment.changed_at < utcnow() - LOST_AFTER)
    for number in db.session.scalars(late.limit(NUDGES_AT_ONCE)).all():
        enqueue(CUT, attachment_id=number)


@job("files.sweep_orphans", every=21_600)
def sweep_orphans() -> None:
    """Remove files older than a day that belong to no row: of rolled-back uploads, or left by a cut-off deletion."""
    storage, before = current_storage(), utcnow() - ORPHAN_AFTER
    old = (found.key for found in storage.list_files() if found.modified_at < before)
    removed = storage.delete_unfinished(before)
    while keys := list(islice(old, KEYS_AT_ONCE)):
        for key in _without_row(keys):
            storage.delete(key)
            removed += 1
    if removed:
        log.info("orphans_removed", count=removed)


def _without_row(keys: list[str]) -> Iterator[str]:
    owners = {key: key.partition(".")[0] for key in keys}
    with reading():  # a sweep of many thousand files must not hold a transaction open all the while
        rows = select(Attachment.storage_key).where(Attachment.storage_key.in_(set(owners.values())))
        known = set(db.session.scalars(rows))
    return (key for key, owner in owners.items() if owner not in known)


def _give_up(attachment: Attachment) -> None:
    if attachment.text_state == State.PENDING:
        attachment.text_state = State.FAILED
    if attachment.thumbnail_state == State.PENDING:
        attachment.thumbnail_state = State.FAILED
    attachment.text_reason = attachment.text_reason or "crash"
