"""Marking notices as read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, false, select, update

from portal.database import utcnow
from portal.errors import Forbidden
from portal.extensions import db
from portal.jobs import job
from portal.login.services.acting import find_actor
from portal.notices.models import Notice
from portal.notices.services.catalogue import check
from portal.notices.services.queries import get_notice, moment_of
from portal.notices.services.telling import EVER
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds


def read_notice(member: Actor, notice_id: int) -> Notice:
    """Mark one of one's own as read; what was read is in no digest. Raises Forbidden, NotFound."""
    notice = get_notice(member, notice_id)
    _mark(Notice.id == notice.id)
    return notice


def read_all(member: Actor, newest: str) -> int:
    """Mark as read all up to the notice that stands at the key ``newest``; what came meanwhile stays. Gives how many.

    Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    found = moment_of(newest)
    until = Notice.created_at <= found[0] if found else false()
    return _mark(Notice.member_id == member.id, until, Notice.kind.in_(notice_kinds()))


@job("notices.settle")
def settle_unreadable(member_id: int) -> None:
    """Mark as read what the member is told nothing of any more, so that it is not counted. Twice does no harm."""
    reader = find_actor(member_id)
    if reader is None:
        return
    rows = select(Notice).where(Notice.member_id == member_id, Notice.read_at.is_(None))
    unread = list(db.session.scalars(rows.where(Notice.kind.in_(notice_kinds())).limit(1000)))
    checked = check(reader, unread)
    if over := [one.id for one in unread if checked.is_over(one)]:
        _mark(Notice.id.in_(over))


def _mark(*which: Any) -> int:
    """The next notice of the same subject is a new one."""
    key = case((Notice.key.startswith(EVER), Notice.key), else_=None)
    done = update(Notice).where(*which, Notice.read_at.is_(None)).values(read_at=utcnow(), waits="", key=key)
    count: int = db.session.execute(done).rowcount  # type: ignore[attr-defined]
    db.session.expire_all()
    return count
