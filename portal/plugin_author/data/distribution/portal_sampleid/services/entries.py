"""Writing entries, and letting go of old ones."""

from __future__ import annotations

from datetime import timedelta

from portal.sdk.access import MEMBER, Actor, require, system
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_deleted, announce_saved
from portal.sdk.settings import setting
from sqlalchemy import select

from portal_sampleid.models import Entry
from portal_sampleid.permissions import WRITE


def create_entry(member: Actor, title: str, text: str) -> Entry:
    """Write an entry for all members. Raises Forbidden, or Invalid without a title."""
    require(member, WRITE)
    if not title.strip():
        raise Invalid("An entry needs a title.", "title")
    entry = Entry(title=title.strip(), text=text, audience=[MEMBER], author_id=member.id)
    session.add(entry)
    session.flush()
    record(member, "sampleid.entry_created", "sampleid.entry", entry.id)
    announce_saved(member, "sampleid.entry", entry.id)
    return entry


def delete_old_entries() -> int:
    """Delete what is older than the setting allows, if it says anything; gives how many."""
    days = setting("sampleid", "kept_days")
    if not days:
        return 0
    old = session.scalars(select(Entry).where(Entry.changed_at < utcnow() - timedelta(days=days))).all()
    for entry in old:
        session.delete(entry)
        announce_deleted(system(), "sampleid.entry", entry.id)
    return len(old)
