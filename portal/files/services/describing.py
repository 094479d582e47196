"""Changing what is said about a file, who may see it, and its place. The caller has checked that the member may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.files.models import Attachment, Kind
from portal.files.services.uploading import Description, describe
from portal.permissions.actor import Actor
from portal.plugin_host.announcements import announce_saved


def update_attachment(member: Actor, attachment: Attachment, description: Description, version: int) -> None:
    """Replace title, alternative text, caption, credit and note of consent, which the editor saw in ``version``.

    Raises NotFound if it went meanwhile, Conflict (who changed it, when) if it was changed."""
    locked = select(Attachment.version).where(Attachment.id == attachment.id).with_for_update()
    current = db.session.scalar(locked)
    if current is None:
        raise NotFound
    if current != version:
        db.session.refresh(attachment)
        who_and_when = find_last_change("files.attachment", attachment.id)
        raise Conflict("Somebody else changed this file while you were editing.", **who_and_when)
    describe(attachment, description)
    attachment.version = version + 1
    record(member, "attachment.updated", "files.attachment", attachment.id, {"name": attachment.file_name})
    db.session.flush()
    announce_saved(member, "files.attachment", attachment.id)


def update_audience(member: Actor, attachments: Iterable[Attachment], audience: Iterable[str]) -> None:
    """Say anew who may see these attachments; an empty audience hides them from everyone."""
    wanted = sorted(set(audience))
    for attachment in attachments:
        if attachment.audience == wanted:
            continue
        details = {"name": attachment.file_name, "before": attachment.audience, "after": wanted}
        attachment.audience = wanted
        record(member, "attachment.audience_changed", "files.attachment", attachment.id, details)
        announce_saved(member, "files.attachment", attachment.id)
    db.session.flush()


def list_all_attachments(subject_type: str, subject_ids: Iterable[int]) -> Sequence[Attachment]:
    """Every attachment of these subjects whoever may read it, for a service that changes its subject's audience."""
    rows = select(Attachment).where(
        Attachment.subject_type == subject_type, Attachment.subject_id.in_(list(subject_ids))
    )
    return db.session.scalars(rows.order_by(Attachment.position, Attachment.id)).all()


def move_attachment(member: Actor, attachment: Attachment, steps: int) -> None:
    """Move an attachment among those of its subject and kind: ``steps`` places down, or up if negative."""
    shown = [
        one
        for one in list_all_attachments(attachment.subject_type, [attachment.subject_id])
        if one.kind == Kind(attachment.kind)
    ]
    old = shown.index(attachment)
    shown.insert(min(max(old + steps, 0), len(shown) - 1), shown.pop(old))
    for position, one in enumerate(shown, start=1):
        one.position = position
    db.session.flush()
