"""Mailing notices: at once or as a digest, each exactly once, and only what its reader may know of at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select, update

from portal.database import utcnow
from portal.errors import TooMany
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.login.services.acting import find_actor
from portal.login.services.throttling import take_try
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.notices.messages import digest_mail, single_mail, tell
from portal.notices.models import Notice
from portal.notices.services.catalogue import check
from portal.notices.services.choosing import DIGESTS
from portal.notices.services.overflow import is_wanted
from portal.notices.signing import ALL_DIGESTS, sign
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds
from portal.plugin_host.navigation import the_host

BATCH = 50
AT_MOST = 500  # so many notices are looked at for one digest
HOUR, MONDAY = time(7), 0


@job("notices.mail_waiting", every=120)
def mail_waiting() -> None:
    """Mail what waits to be mailed at once, some at a time so that nobody waits for the database; then go on."""
    waiting = select(Notice.id, Notice.member_id).where(Notice.waits == "at_once", Notice.kind.in_(notice_kinds()))
    rows = db.session.execute(waiting.order_by(Notice.id).limit(BATCH)).all()
    for row in rows:
        _mail_one(row.id, row.member_id)
    if len(rows) == BATCH:
        enqueue("notices.mail_waiting")


def _mail_one(notice_id: int, member_id: int) -> None:
    """Mail one, unless it was read or taken meanwhile. The digest has what can't be said now, and from the sixth in an
    hour the rest."""
    reader, notice = find_actor(member_id), db.session.get(Notice, notice_id)
    checked = check(reader, [notice]) if reader and notice else None
    off = _off(reader, notice.kind) if reader and notice else ""
    letter = single_mail(reader, notice, off) if reader and notice else None
    if notice is None or not _take([notice_id], ("at_once",)) or reader is None or checked is None:
        return
    if checked.is_over(notice) or notice.read_at is not None:
        return
    if notice_id in checked.unknown or letter is None or not _has_room(reader):
        _note([notice_id], waits="daily" if is_wanted(member_id) else "")
        return
    _note([notice_id], sent_at=utcnow())
    create_mail(reader.email, *letter, unsubscribe=off)


def _has_room(reader: Actor) -> bool:
    try:
        take_try(told=reader.email)
    except TooMany:
        return False
    return True


@job("notices.send_digests", every=900)
def send_digests() -> None:
    """Nudge for everybody whose digest is due: daily at seven, weekly on Monday at seven, on their own clock."""
    now, kinds = utcnow(), list(notice_kinds())
    waiting = select(Notice.id).join(Member, Member.id == Notice.member_id).where(Notice.waits.in_(DIGESTS))
    waiting = waiting.where(Member.state == "active", Notice.kind.in_(kinds))
    for zone in list(db.session.scalars(waiting.with_only_columns(Member.timezone).distinct())):
        due = waiting.where(Member.timezone == zone, _is_due(zone, now))
        for member_id in db.session.scalars(due.with_only_columns(Notice.member_id).distinct()):
            enqueue("notices.mail_digest", member_id=member_id)


@job("notices.mail_digest")
def mail_digest(member_id: int) -> None:
    """Mail one member what is due and neither read nor mailed. Twice does no harm: what was taken waits no more."""
    reader = find_actor(member_id)
    if reader is None:
        return
    rows = select(Notice).where(Notice.member_id == member_id, Notice.kind.in_(notice_kinds()))
    is_due = _is_due(reader.timezone, utcnow())
    rows = rows.where(is_due, Notice.read_at.is_(None))
    due = list(db.session.scalars(rows.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(AT_MOST)))
    checked = check(reader, due)
    told = tell(reader, [one for one in due if one.id in checked.readable])
    kept = checked.unknown | (checked.readable - {one.notice_id for one in told})
    taken = _take([one.id for one in due if one.id not in kept], DIGESTS)
    told = [one for one in told if one.notice_id in taken]
    if told:
        off = _off(reader, ALL_DIGESTS)
        _note([one.notice_id for one in told], sent_at=utcnow())
        create_mail(reader.email, *digest_mail(reader, told, off, _drop_older(due, is_due)), unsubscribe=off)


def _drop_older(due: Sequence[Notice], is_due: ColumnElement[bool]) -> bool:
    """What is due, but too old to be looked at for this digest, makes no second one; gives whether there was any."""
    if len(due) < AT_MOST:
        return False
    last = due[-1]
    is_older = or_(Notice.created_at < last.created_at, and_(Notice.created_at == last.created_at, Notice.id < last.id))
    older = update(Notice).where(Notice.member_id == last.member_id, is_due, is_older).values(waits="")
    dropped = db.session.scalars(older.returning(Notice.id).execution_options(synchronize_session=False))
    return bool(dropped.all())


def last_at_seven(zone: str, now: datetime, weekly: bool = False) -> datetime:
    """The latest moment not after ``now`` at which it was seven (on a Monday, if weekly) on that zone's clocks."""
    clock = ZoneInfo(zone or the_host().settings.timezone)
    day = now.astimezone(clock).date()
    if weekly:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    at = datetime.combine(day, HOUR, clock)
    if at > now:
        at = datetime.combine(day - timedelta(days=7 if weekly else 1), HOUR, clock)
    return at


def _is_due(zone: str, now: datetime) -> ColumnElement[bool]:
    daily = and_(Notice.waits == "daily", Notice.created_at < last_at_seven(zone, now))
    weekly = and_(Notice.waits == "weekly", Notice.created_at < last_at_seven(zone, now, weekly=True))
    return or_(daily, weekly)


def _take(ids: list[int], waits: tuple[str, ...]) -> set[int]:
    """Of several who want to mail the same notices, each gets those that no other took: the update decides."""
    if not ids:
        return set()
    taking = update(Notice).where(Notice.id.in_(ids), Notice.waits.in_(waits)).values(waits="")
    return set(db.session.scalars(taking.returning(Notice.id).execution_options(synchronize_session=False)))


def _note(ids: list[int], **values: object) -> None:
    changing = update(Notice).where(Notice.id.in_(ids)).values(**values)
    db.session.execute(changing.execution_options(synchronize_session=False))


def _off(reader: Actor, kind: str) -> str:
    return f"{the_host().settings.base_url}/notices/unsubscribe/{sign(reader.id or 0, kind)}"
