"""Ending mails by the link in them, without logging in."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.errors import NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.notices.models import MAILED, Notice, NoticeChoice
from portal.notices.services.choosing import DIGESTS
from portal.notices.services.overflow import is_wanted, set_wanted
from portal.notices.signing import ALL_DIGESTS, unsign
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds


def get_ended(token: str) -> str:
    """The kind whose mails a link ends, by name, or :data:`ALL_DIGESTS`. Raises NotFound for a link made elsewhere."""
    return _read(token)[1]


def end_mails(token: str) -> str:
    """Mail nothing more of what the link names; in the portal it stays. Twice does no harm. Raises NotFound."""
    member, what = _read(token)
    rows = db.session.scalars(select(NoticeChoice).where(NoticeChoice.member_id == member.id))
    chosen = {one.kind: one.rhythm for one in rows}
    rhythms = {kind.name: kind.default for kind in notice_kinds().values() if not kind.transactional} | chosen
    ended = [name for name, rhythm in rhythms.items() if what in (name, ALL_DIGESTS) and rhythm in _ends(what)]
    for name in ended:
        db.session.merge(NoticeChoice(member_id=member.id, kind=name, rhythm="portal"))
    waiting = update(Notice).where(Notice.member_id == member.id, Notice.kind.in_(ended))
    db.session.execute(waiting.values(waits=""))
    was_wanted = what == ALL_DIGESTS and _end_overflow(member.id)
    if ended or was_wanted:
        record(Actor(id=member.id, name=member.name), "notices.ended", "member", member.id, {"name": member.name})
    db.session.flush()
    return what


def _end_overflow(member_id: int) -> bool:
    """Nothing comes as a digest any more, also not what would be too many mails at once; gives whether that is new."""
    was_wanted = is_wanted(member_id)
    set_wanted(member_id, False)
    waiting = update(Notice).where(Notice.member_id == member_id, Notice.waits.in_(DIGESTS))
    db.session.execute(waiting.values(waits=""))
    return was_wanted


def _ends(what: str) -> tuple[str, ...]:
    return DIGESTS if what == ALL_DIGESTS else MAILED


def _read(token: str) -> tuple[Member, str]:
    signed = unsign(token)
    member = db.session.get(Member, signed[0]) if signed else None
    if signed is None or member is None or member.erased_at is not None:
        raise NotFound("This link is no longer valid.")
    return member, signed[1]
