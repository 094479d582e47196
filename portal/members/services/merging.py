"""One person who is in the portal twice becomes one. It can't be undone: what belonged to either belongs to one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.audit.services.recording import record
from portal.database import trial
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.roles import require_roles_of
from portal.members.signals import members_merged
from portal.permissions.actor import Actor, require
from portal.plugin_host.announcements import announce_deleted, announce_saved
from portal.plugin_host.asking import move_rows


def list_candidates(member: Actor, gone_id: int, words: str) -> list[Member]:
    """Thirty others, by last name, whose name or address holds all words. Raises Forbidden."""
    require(member, "members.merge")
    others = select(Member).where(Member.id.not_in((gone_id, member.id or 0)), Member.state != "disabled")
    for word in fold(words).split()[:6]:
        in_name = Member.sort_name.contains(word, autoescape=True)
        others = others.where(in_name | Member.email.contains(word, autoescape=True))
    others = others.options(selectinload(Member.memberships)).order_by(Member.sort_name, Member.id)
    return list(db.session.scalars(others.limit(30)))


def preview_merge(member: Actor, kept_id: int, gone_id: int) -> list[str]:
    """What would move, as sentences; nothing is changed. Raises Forbidden, NotFound, Invalid, Conflict."""
    with trial():
        return _merge(member, kept_id, gone_id)[1]


def merge_people(member: Actor, kept_id: int, gone_id: int) -> Member:
    """Let everything of ``gone_id``, a person without account, belong to ``kept_id``, and delete the former.

    An account is never merged away, and nobody takes over something themselves. Raises Forbidden without
    ``members.merge``, without a role that either holds, or without ``organisations.manage`` if a membership moves;
    NotFound, Invalid, and Conflict while a plugin that has rows of people is off or can't be loaded."""
    kept, moved = _merge(member, kept_id, gone_id)
    record(member, "member.merged", "member", kept.id, {"name": kept.name, "moved": moved})
    announce_deleted(member, "members.member", gone_id)
    announce_saved(member, "members.member", kept.id)
    return kept


def _merge(member: Actor, kept_id: int, gone_id: int) -> tuple[Member, list[str]]:
    require(member, "members.merge")
    rows = select(Member).where(Member.id.in_((kept_id, gone_id))).order_by(Member.id).with_for_update()
    found = {one.id: one for one in db.session.scalars(rows)}
    if kept_id not in found or gone_id not in found:
        raise NotFound
    kept, gone = found[kept_id], found[gone_id]
    if kept is gone or gone.state not in ("person", "invited") or gone.password_hash:
        raise Invalid("Only a person without account can be merged into somebody else.")
    if kept.state == "disabled":
        raise Invalid("A disabled member can't take over what belongs to others.")
    if kept_id == member.id:
        raise Invalid("Somebody else has to merge an entry into yours.")
    for one in (kept_id, gone_id):
        require_roles_of(member, one)
    members_merged.send(member=member, kept_id=kept_id, gone_id=gone_id)
    answers = move_rows("portal_members_merged", kept=kept_id, gone=gone_id)
    if missing := [name for name, answer in answers if answer is None]:
        raise Conflict("The plugin %(plugin)s has to be loaded and switched on first.", plugin=", ".join(missing))
    _take_over(kept, gone)
    return kept, [sentence for _name, answer in answers for sentence in answer or ()]


def _take_over(kept: Member, gone: Member) -> None:
    """What only the one that goes has: function and address. The address is unique, so the row goes first."""
    function, address = kept.function or gone.function, kept.email or gone.email
    db.session.delete(gone)
    db.session.flush()
    kept.function, kept.email = function, address
    db.session.flush()
