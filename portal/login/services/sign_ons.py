"""The accounts of a single sign-on that let a member in: kept, listed, removed. Checking them is `portal.sign_on`."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.login.models import Passkey, SignOn
from portal.login.services.factors import has_factor, needs_factor
from portal.login.services.local import is_local_open
from portal.login.services.notices import tell_owner
from portal.login.services.sessions import end_all_sessions
from portal.members.models import Member
from portal.members.signals import member_enabled
from portal.permissions.actor import Actor


def list_sign_ons(member_id: int | None) -> list[SignOn]:
    """The accounts linked to a member, oldest first."""
    own = select(SignOn).where(SignOn.member_id == member_id).order_by(SignOn.created_at, SignOn.id)
    return list(db.session.scalars(own))


def find_sign_on(issuer: str, subject: str) -> SignOn | None:
    """What is linked to this account of a provider; issuer and subject are compared letter by letter."""
    found = db.session.scalar(select(SignOn).where(SignOn.issuer == issuer, SignOn.subject == subject))
    return found if found is not None and (found.issuer, found.subject) == (issuer, subject) else None


def create_sign_on(member_id: int, issuer: str, subject: str, account: str) -> SignOn:
    """Let an account of a provider lead to this member from now on; they are told.

    Raises Invalid if the member has one of this provider already, or somebody else has this one."""
    target = db.session.scalars(select(Member).where(Member.id == member_id).with_for_update()).one()
    if find_sign_on(issuer, subject) is not None or has_sign_on(member_id, issuer):
        raise Invalid("This sign-on is linked already.")
    row = SignOn(member_id=member_id, issuer=issuer, subject=subject, account=account[:254], used_at=utcnow())
    db.session.add(row)
    db.session.flush()
    record(Actor(id=target.id, name=target.name), "sign_on.linked", "member", target.id, {"name": target.name})
    tell_owner(member_id, "sign_on_added", account=row.account or "?")
    return row


def has_sign_on(member_id: int | None, issuer: str) -> bool:
    """Whether an account of this provider is linked to the member."""
    own = select(SignOn.id).where(SignOn.member_id == member_id, SignOn.issuer == issuer)
    return db.session.scalar(own.limit(1)) is not None


def remove_sign_on(member: Actor, sign_on_id: int) -> None:
    """Unlink one of the member's own accounts, and end their other sessions: it may have opened some.

    Raises NotFound, Invalid if it is the last way in."""
    own = select(SignOn).where(SignOn.id == sign_on_id, SignOn.member_id == member.id)
    row = db.session.scalar(own.with_for_update())
    if row is None:
        raise NotFound
    if not has_other_way(row):
        raise Invalid("This is the only way into your account, so it stays.")
    _remove(member, row)
    end_all_sessions(row.member_id, but=member.session_id)


def remove_sign_ons(member: Actor, target: Member) -> int:
    """Unlink all accounts from somebody, such as one that was linked by mistake; gives how many.

    Raises Forbidden for everybody but the operator."""
    if not member.is_system:
        raise Forbidden("Only the operator can do this, by a command.")
    rows = list_sign_ons(target.id)
    for row in rows:
        _remove(member, row)
    if rows:
        end_all_sessions(target.id)
    return len(rows)


def count_unlinked(issuer: str, but: Collection[str]) -> int:
    """How many active members have a second factor and no account of this provider, but for these addresses."""
    linked = select(SignOn.id).where(SignOn.member_id == Member.id, SignOn.issuer == issuer).exists()
    asked = (Member.state == "active", has_factor(Member.id), ~linked, Member.email.not_in(but))
    return db.session.scalar(select(func.count()).select_from(Member).where(*asked)) or 0


def has_other_way(row: SignOn) -> bool:
    """Whether the member would still get in without this account."""
    owner = db.session.get_one(Member, row.member_id)
    if len(list_sign_ons(owner.id)) > 1:
        return True
    return is_local_open(owner.email) and (bool(owner.password_hash) or _has_passkey(owner.id))


def has_own_means(member: Member) -> bool:
    """Whether the member protects their account by means of their own, which a sign-on must not go around."""
    return needs_factor(member.id) or (bool(member.password_hash) and is_local_open(member.email))


def _has_passkey(member_id: int) -> bool:
    return db.session.scalar(select(Passkey.id).where(Passkey.member_id == member_id).limit(1)) is not None


def _remove(member: Actor, row: SignOn) -> None:
    name = db.session.get_one(Member, row.member_id).name
    db.session.execute(delete(SignOn).where(SignOn.id == row.id))
    record(member, "sign_on.unlinked", "member", row.member_id, {"name": name})
    tell_owner(row.member_id, "sign_on_removed", account=row.account or "?")


@member_enabled.connect
def let_in_again(sender: object, member_id: int) -> None:
    """Somebody who never had a password comes in by their sign-on again."""
    target = db.session.get_one(Member, member_id)
    if target.state == "person" and list_sign_ons(member_id):
        target.state = "active"
        db.session.flush()
