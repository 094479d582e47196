"""Reading attachments: only those that the member may read, and only of plugins in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import undefer

from portal.errors import NotFound
from portal.extensions import db
from portal.files.models import Attachment, Kind, State
from portal.permissions.actor import Actor
from portal.permissions.audiences import visible_to
from portal.plugin_host.asking import effective_plugins


def find_attachment(member: Actor, attachment_id: int) -> Attachment | None:
    """The attachment with this number, or None if there is none that the member may read."""
    return db.session.scalar(readable(member).where(Attachment.id == attachment_id))


def get_attachment(member: Actor, attachment_id: int) -> Attachment:
    """The attachment with this number. Raises NotFound, also if the member may not read it."""
    found = find_attachment(member, attachment_id)
    if found is None:
        raise NotFound
    return found


def get_attachment_by_key(member: Actor, key: str) -> Attachment:
    """The attachment that an address names. Raises NotFound, also if the member may not read it."""
    found = db.session.scalar(readable(member).where(Attachment.key == key))
    if found is None:
        raise NotFound
    return found


def list_attachments(member: Actor, subject_type: str, subject_id: int, kind: Kind | None = None) -> list[Attachment]:
    """What the member may read of one subject, in its order; pictures that are not ready yet included."""
    return list_attachments_of(member, subject_type, [subject_id], kind)[subject_id]


def list_attachments_of(
    member: Actor, subject_type: str, subject_ids: Iterable[int], kind: Kind | None = None
) -> dict[int, list[Attachment]]:
    """The same for many subjects of one type, in one statement; every id is a key of the answer."""
    found: dict[int, list[Attachment]] = {number: [] for number in subject_ids}
    rows = readable(member).where(Attachment.subject_type == subject_type, Attachment.subject_id.in_(found))
    if kind is not None:
        rows = rows.where(Attachment.kind == kind)
    for attachment in db.session.scalars(rows.order_by(Attachment.position, Attachment.id)) if found else ():
        found[attachment.subject_id].append(attachment)
    return found


def list_changed_attachments(
    member: Actor, subject_type: str, since: datetime | None, after_id: int = 0, size: int = 100
) -> Sequence[Attachment]:
    """Attachments of all subjects of a type with their text, by id, for an index; ``since`` leaves out older ones."""
    rows = readable(member).where(Attachment.subject_type == subject_type, Attachment.id > after_id)
    if since is not None:
        rows = rows.where(Attachment.changed_at >= since)
    return db.session.scalars(rows.options(undefer(Attachment.text)).order_by(Attachment.id).limit(size)).all()


def count_unfinished() -> dict[str, int]:
    """How many files wait for their thumbnails or text, and how many failed, for the system page."""
    states = {"pending": State.PENDING, "failed": State.FAILED}
    return {name: db.session.scalar(_count_in(state)) or 0 for name, state in states.items()}


def count_attachments_of_plugin(plugin_id: str) -> int:
    """How many files and photos belong to a plugin's things."""
    return db.session.scalar(select(func.count()).where(Attachment.owner_plugin == plugin_id)) or 0


def readable(member: Actor) -> Select[Attachment]:
    """The attachments that the member may read, as a statement to narrow down."""
    return select(Attachment).where(
        visible_to(Attachment.audience, member),
        Attachment.owner_plugin.in_(["", *effective_plugins()]),
    )


def _count_in(state: State) -> Select[int]:
    return select(func.count(Attachment.id)).where(
        (Attachment.text_state == state) | (Attachment.thumbnail_state == state)
    )
