"""One-time links: password reset."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.database import reading, unit_of_work, utcnow
from portal.errors import Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.login.messages import reset_mail
from portal.login.models import OneTimeLink
from portal.login.services import passwords
from portal.login.services.authentication import normalise_email
from portal.login.services.local import is_local_open, require_local
from portal.login.services.notices import tell_owner
from portal.login.services.sessions import drop_changes, end_all_sessions, renew_session
from portal.login.services.throttling import forget_proofs, note_wrong_proof, take_proof, take_try
from portal.login.services.tokens import hash_token, new_token
from portal.login.services.words import words_around
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.members.signals import address_changed, member_disabled
from portal.permissions.actor import Actor

LIFETIMES = {"reset": timedelta(minutes=10)}


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


def request_reset(email: str, network: str, base_url: str, locale: str) -> None:
    """Have a reset link mailed if the address is a member's. Raises TooMany.

    The worker looks the address up, so that neither the answer nor its time tells the asker whether it is known."""
    address = normalise_email(email)
    take_try(reset=address, network=network)
    enqueue("login.mail_reset", address=address, base_url=base_url, locale=locale)


@job("login.mail_reset")
def mail_reset(address: str, base_url: str, locale: str) -> None:
    """Mail a reset link to an active member; do nothing for any other address."""
    target = db.session.scalar(select(Member).where(Member.email == address, Member.state == "active"))
    if target is None or not is_local_open(address):
        return
    link = f"{base_url}/login/reset/{create_link(target.id, 'reset')}"
    create_mail(address, *reset_mail(target.name, link, target.locale or locale))
    record(Actor(), "reset.requested", "member", target.id, {"name": target.name})


def get_link_member(token: str, purpose: str) -> Member:
    """Whom a link is for. Raises NotFound for one that is unknown, used, expired or of another purpose."""
    found = (
        select(Member)
        .join(OneTimeLink, OneTimeLink.member_id == Member.id)
        .where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.purpose == purpose)
        .where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > utcnow(), Member.state == "active")
    )
    member = db.session.scalar(found)
    if member is None or not is_local_open(member.email):
        raise NotFound("This link is no longer valid.")
    return member


def redeem_link(token: str, purpose: str, password: str) -> Member:
    """Set the password by a link, once, and end the member's sessions. Raises NotFound, Invalid for a weak one.

    Nobody waits for the hashing (slow on purpose): the unit of work begins after it."""
    with reading():
        words = own_words(get_link_member(token, purpose))
    passwords.check_strength(password, words)
    new_hash = passwords.hash_password(password)
    target = get_link_member(token, purpose)
    used = (
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.used_at.is_(None))
        .values(used_at=utcnow())
    )
    if db.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    target.password_hash = new_hash
    target.state = "active"
    end_all_sessions(target.id)
    record(Actor(id=target.id, name=target.name), f"{purpose}.redeemed", "member", target.id)
    db.session.flush()
    tell_owner(target.id, "password_changed")
    return target


def change_password(member: Actor, old: str, new: str) -> str:
    """Change the member's own password, end all their other sessions and give the present one a new token, returned.

    The try is counted in a unit of work of its own, before any hashing, and forgotten after a success.
    Raises Forbidden for the public and for who may only sign on, Invalid for a wrong or weak one, TooMany, Conflict."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    with reading():
        target = db.session.get_one(Member, member.id)
        stored, words = target.password_hash, own_words(target)
        require_local(member.id)
    passwords.check_strength(new, words)
    with unit_of_work():
        take_proof(member)
    if not passwords.is_correct(old, stored):
        note_wrong_proof(member)
        raise Invalid("This is not your present password.", "old_password")
    _keep_password(member, stored, passwords.hash_password(new))
    forget_proofs(member)
    return renew_session(member)


def _keep_password(member: Actor, before: str, new_hash: str) -> None:
    target = db.session.scalars(select(Member).where(Member.id == member.id).with_for_update()).one()
    if target.password_hash != before:
        raise Conflict("Your password was changed elsewhere at the same moment.")
    target.password_hash = new_hash
    void_links(target.id)
    end_all_sessions(target.id, but=member.session_id)
    record(member, "password.changed", "member", target.id, {"name": target.name})


def void_links(member_id: int) -> None:
    """Make every link that was mailed to a member useless."""
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.member_id == member_id))
    drop_changes(member_id)


@address_changed.connect
def forget_mailed(sender: object, member_id: int) -> None:
    """Make void what was mailed to the address that somebody had before, in the same unit of work."""
    void_links(member_id)


@member_disabled.connect
def shut_out(sender: object, member_id: int) -> None:
    """End the sessions and links of a member who was disabled, in the same unit of work."""
    end_all_sessions(member_id)
    void_links(member_id)


def own_words(member: Member) -> list[str]:
    """Words that must not make a password: names and address of the member and of their network."""
    return words_around(member)
