"""Reading one's notices."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Select, select, tuple_

from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.jobs import enqueue
from portal.notices.models import Notice
from portal.notices.services.catalogue import check
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds
from portal.web.paging import Page, key_of, read_key

PAGE_SIZE, MOST_ROUNDS = 30, 4


def list_notices(member: Actor, after: str = "") -> Page[Notice]:
    """A page of what the member was told and may still know of, newest first. Raises Forbidden for the public.

    Unread ones that nobody may know of any more are settled by the worker, so that the count in the header is true."""
    rows = _own(member).order_by(Notice.created_at.desc(), Notice.id.desc()).limit(PAGE_SIZE + 1)
    shown: list[Notice] = []
    key: str | None = after
    for _ in range(MOST_ROUNDS):
        fetched = list(db.session.scalars(_after(rows, key or "")))
        batch = fetched[:PAGE_SIZE]
        checked = check(member, batch)
        shown += [one for one in batch if one.id in checked.readable]
        if any(one.read_at is None and checked.is_over(one) for one in batch):
            enqueue("notices.settle", member_id=member.id)
        key = key_of_notice(batch[-1]) if len(fetched) > PAGE_SIZE else None
        if key is None or len(shown) >= PAGE_SIZE // 2:
            break
    return Page(shown, key)


def get_notice(member: Actor, notice_id: int) -> Notice:
    """One of the member's own that they may still know of. Raises Forbidden, NotFound."""
    found = db.session.scalar(_own(member).where(Notice.id == notice_id))
    if found is None or found.id not in check(member, [found]).readable:
        raise NotFound
    return found


def _own(member: Actor) -> Select[Notice]:
    if member.id is None:
        raise Forbidden("Please log in first.")
    return select(Notice).where(Notice.member_id == member.id, Notice.kind.in_(notice_kinds()))


def _after(rows: Select[Notice], key: str) -> Select[Notice]:
    found = moment_of(key)
    return rows.where(tuple_(Notice.created_at, Notice.id) < found) if found else rows


def key_of_notice(notice: Notice) -> str:
    """Where a notice stands in the list, for addresses and forms."""
    return key_of(f"{notice.created_at:%Y%m%d%H%M%S%f}", notice.id)


def moment_of(key: str) -> tuple[datetime, int] | None:
    """When and what :func:`key_of_notice` means; None for what it never gave."""
    found = read_key(key)
    if found is None or len(found[0]) != 20 or not (found[0].isascii() and found[0].isdecimal()):
        return None
    try:
        return datetime.strptime(found[0], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC), found[1]
    except ValueError:
        return None
