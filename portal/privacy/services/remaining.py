"""What is left after an erasure: plugins that could not be asked, and bytes that the database no longer uses."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from portal.database.engine import compact
from portal.extensions import db
from portal.jobs import job
from portal.plugin_host.asking import ask, ask_resting, has_tables
from portal.privacy.models import FILES, ErasureRemainder

AT_ONCE = 100


@job("privacy.erase_remainders", every=3600)
def erase_remainders() -> None:
    """Ask the plugins that could not be asked; what belonged to one that was purged is gone already."""
    held = select(ErasureRemainder).where(ErasureRemainder.plugin_id != FILES)
    for row in db.session.scalars(held.order_by(ErasureRemainder.since).limit(AT_ONCE)).all():
        if not has_tables(row.plugin_id) or row.plugin_id in _list_done(row.member_id):
            db.session.delete(row)
    db.session.flush()


@job("privacy.compact", every=600)
def compact_database() -> None:
    """Have nothing of erased members left in the database's files: once for all who were erased since the last time."""
    in_files = ErasureRemainder.plugin_id == FILES
    erased = list(db.session.scalars(select(ErasureRemainder.member_id).where(in_files)))
    db.session.rollback()
    if erased:
        compact(db.engine)
        db.session.execute(delete(ErasureRemainder).where(in_files, ErasureRemainder.member_id.in_(erased)))


def count_remainders() -> dict[str, int]:
    """How many erased members each plugin has still to forget."""
    rows = select(ErasureRemainder.plugin_id, func.count()).where(ErasureRemainder.plugin_id != FILES)
    rows = rows.group_by(ErasureRemainder.plugin_id)
    return {row[0]: row[1] for row in db.session.execute(rows.order_by(ErasureRemainder.plugin_id))}


def _list_done(member_id: int) -> set[str]:
    """The plugins, in force or not, that say now that they hold nothing more of the member."""
    in_force = {plugin for plugin, _count in ask("portal_member_erased", member_id=member_id)}
    resting = ask_resting("portal_member_erased", member_id=member_id)
    return in_force | {plugin for plugin, is_done in resting if is_done}
