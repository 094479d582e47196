"""One-time links: invitation and password reset."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.login.messages import invitation_mail, reset_mail
from portal.login.models import OneTimeLink
from portal.login.services import passwords
from portal.login.services.authentication import normalise_email
from portal.login.services.sessions import end_all_sessions
from portal.login.services.throttling import check_throttle, count_try
from portal.login.services.tokens import hash_token, new_token
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.permissions.actor import Actor, require

LIFETIMES = {"invitation": timedelta(days=7), "reset": timedelta(minutes=10)}


def create_link(member_id: int, purpose: str) -> str:
    """A secret for one member and one purpose, stored as a hash; earlier ones of the kind are void."""
    token = new_token()
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.member_id == member_id, OneTimeLink.purpose == purpose))
    db.session.add(
        OneTimeLink(
            token_hash=hash_token(token), purpose=purpose, member_id=member_id, expires_at=utcnow() + LIFETIMES[purpose]
        )
    )
    db.session.flush()
    return token


def invite(member: Actor, target: Member, base_url: str, locale: str) -> None:
    """Mail an invitation to a person or invited member. Raises Forbidden, or Invalid without an address."""
    require(member, "members.invite")
    if not target.email or target.state not in ("person", "invited"):
        raise Invalid("Only people without an account and with an address can be invited.", "email")
    token = create_link(target.id, "invitation")
    target.state = "invited"
    subject, body = invitation_mail(target.name, f"{base_url}/invitation/{token}", target.locale or locale)
    create_mail(target.email, subject, body)
    record(member, "member.invited", "member", target.id)


def request_reset(email: str, network: str, base_url: str, locale: str) -> None:
    """Mail a reset link if the address is a member's; nothing tells the asker whether it is. Raises TooMany."""
    address = normalise_email(email)
    check_throttle(mail=address, network=network)
    count_try(mail=address, network=network)
    target = db.session.scalar(select(Member).where(Member.email == address, Member.state == "active"))
    if target is None:
        return
    token = create_link(target.id, "reset")
    subject, body = reset_mail(target.name, f"{base_url}/login/reset/{token}", target.locale or locale)
    create_mail(address, subject, body)
    record(Actor(), "reset.requested", "member", target.id)


def get_link_member(token: str, purpose: str) -> Member:
    """Whom a link is for. Raises NotFound for one that is unknown, used, expired or of another purpose."""
    found = (
        select(Member)
        .join(OneTimeLink, OneTimeLink.member_id == Member.id)
        .where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.purpose == purpose)
        .where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > utcnow(), Member.state != "disabled")
    )
    member = db.session.scalar(found)
    if member is None:
        raise NotFound("This link is no longer valid.")
    return member


def redeem_link(token: str, purpose: str, password: str) -> Member:
    """Set the password by a link, once, and end the member's sessions. Raises NotFound, Invalid for a weak one."""
    target = get_link_member(token, purpose)
    passwords.check_strength(password, own_words(target))
    used = (
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.used_at.is_(None))
        .values(used_at=utcnow())
    )
    if db.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    target.password_hash = passwords.hash_password(password)
    target.state = "active"
    end_all_sessions(target.id)
    record(Actor(id=target.id, name=target.name), f"{purpose}.redeemed", "member", target.id)
    db.session.flush()
    return target


def change_password(member: Actor, old: str, new: str) -> None:
    """Change one's own password and end one's other sessions. Raises Invalid for a wrong or weak one, TooMany."""
    target = db.session.get_one(Member, member.id)
    check_throttle(account=target.email or "")
    if not passwords.is_correct(old, target.password_hash):
        count_try(account=target.email or "")
        raise Invalid("This is not your present password.", "old_password")
    passwords.check_strength(new, own_words(target))
    target.password_hash = passwords.hash_password(new)
    end_all_sessions(target.id, but=member.session_id)
    record(member, "password.changed", "member", target.id)


def own_words(member: Member) -> list[str]:
    """Words that must not make a password easy: the member's name and address."""
    return [*member.name.split(), *(member.email or "").replace("@", ".").split(".")]
