"""What is kept of a person."""

from __future__ import annotations

from portal.sdk.database import session
from sqlalchemy import select, update

from portal_sampleid.models import Entry


def collect(member_id: int) -> dict[str, list[dict[str, str]]]:
    """The entries of a member, for the file with all that the portal knows of them."""
    written = session.scalars(select(Entry).where(Entry.author_id == member_id).order_by(Entry.id))
    return {"entries": [{"title": entry.title, "text": entry.text} for entry in written]}


def forget(member_id: int) -> int:
    """Entries stay, and are nobody's; gives how many."""
    changed = session.execute(update(Entry).where(Entry.author_id == member_id).values(author_id=None))
    return int(changed.rowcount)  # type: ignore[attr-defined]
