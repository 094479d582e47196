"""Writing and reading notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.sdk.access import Actor, require, visible_to
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_saved
from portal_notes.models import Note
from sqlalchemy import select


def create_note(member: Actor, title: str, text: str) -> Note:
    """Write a note for all members. Raises Forbidden, or Invalid without a title."""
    require(member, "notes.write")
    if not title.strip():
        raise Invalid("A note needs a title.", "title")
    note = Note(title=title.strip(), text=text, audience=["member"], author_id=member.id)
    session.add(note)
    session.flush()
    announce_saved(member, "notes.note", note.id)
    return note


def list_notes(member: Actor) -> list[Note]:
    """The newest notes that the member may read."""
    readable = select(Note).where(visible_to(Note.audience, member))
    return list(session.scalars(readable.order_by(Note.id.desc()).limit(20)))


def list_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Notes changed since then, as search documents."""
    changed = select(Note) if since is None else select(Note).where(Note.changed_at >= since)
    for note in session.scalars(changed):
        yield SearchDocument(
            type="notes.note",
            id=str(note.id),
            title=note.title,
            body=note.text,
            url="/notes/",
            readers=frozenset(note.audience),
            changed_at=note.changed_at,
        )


def find_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these documents the member may read."""
    ids = [int(id) for type, id in keys if type == "notes.note"]
    readable = select(Note.id).where(Note.id.in_(ids), visible_to(Note.audience, member))
    return {("notes.note", str(id)) for id in session.scalars(readable)}
