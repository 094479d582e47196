"""What would be too many mails at once: the next daily mail has it, unless its reader ended digests."""

from __future__ import annotations

from sqlalchemy import Select, select, update

from portal.audit.services.recording import record
from portal.errors import Forbidden
from portal.extensions import db
from portal.notices.models import Notice, NoticeChoice
from portal.notices.services.choosing import list_rhythms
from portal.notices.signing import ALL_DIGESTS
from portal.permissions.actor import Actor

REFUSED = "portal"


def select_refusing() -> Select[int]:
    """The numbers of the members whose mails that are too many stay in the portal."""
    refusing = NoticeChoice.kind == ALL_DIGESTS, NoticeChoice.rhythm == REFUSED
    return select(NoticeChoice.member_id).where(*refusing)


def is_wanted(member_id: int | None) -> bool:
    """Whether the member gets in the daily mail what would be too many mails at once."""
    return db.session.scalar(select_refusing().where(NoticeChoice.member_id == member_id)) is None


def set_wanted(member_id: int, wanted: bool) -> None:
    """Keep whether the member wants that."""
    rhythm = "daily" if wanted else REFUSED
    db.session.merge(NoticeChoice(member_id=member_id, kind=ALL_DIGESTS, rhythm=rhythm))
    db.session.flush()


def choose_overflow(member: Actor, wanted: bool) -> None:
    """Set whether the daily mail has what would be too many at once; if not, what waits for it stays in the portal.

    Raises Forbidden for the public."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    if is_wanted(member.id) == wanted:
        return
    set_wanted(member.id, wanted)
    if not wanted:
        at_once = [kind for kind, rhythm in list_rhythms(member).items() if rhythm == "at_once"]
        waiting = update(Notice).where(Notice.member_id == member.id, Notice.kind.in_(at_once))
        db.session.execute(waiting.where(Notice.waits == "daily").values(waits=""))
    record(member, "notices.chosen", "member", member.id, {"name": member.name, "kinds": [ALL_DIGESTS]})
