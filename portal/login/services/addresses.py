"""A change of address: the member's own is confirmed by the new one; the old one is told and can undo it for a week."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.audit.services.recording import record
from portal.database import reading, unit_of_work, utcnow
from portal.errors import Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.login.messages import address_changed_mail, address_given_mail, address_mail, address_taken_mail
from portal.login.models import AddressChange, Passkey, RecoveryCode, SignOn, TotpFactor
from portal.login.services import passwords
from portal.login.services.links import mail_reset, void_links
from portal.login.services.local import require_local
from portal.login.services.notices import tell_owner
from portal.login.services.sessions import drop_changes, end_all_sessions
from portal.login.services.throttling import forget_proofs, note_wrong_proof, take_proof, take_try
from portal.login.services.tokens import hash_token, new_token
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.members.services.creating import clean_address
from portal.members.signals import address_changed, address_given
from portal.permissions.actor import Actor
from portal.plugin_host.navigation import the_host

CONFIRM_WITHIN, UNDO_WITHIN = timedelta(minutes=10), timedelta(days=7)
OWN = object()  # sends the signal of a member's own change


def request_change(member: Actor, address: str, password: str, base_url: str) -> None:
    """Have a link mailed to the new address. Whether somebody else has it, the answer does not tell.

    Raises Forbidden for the public and who may only sign on, Invalid for a wrong password or no address, TooMany."""
    wanted = clean_address(address)
    if member.id is None:
        raise Forbidden("Please log in first.")
    with reading():
        target = db.session.get_one(Member, member.id)
        present, stored, locale = target.email or "", target.password_hash, target.locale
        require_local(member.id)
    if wanted is None or wanted == present:
        raise Invalid("Please give an address other than your present one.", "email")
    with unit_of_work():
        take_proof(member)
    if not passwords.is_correct(password, stored):
        note_wrong_proof(member)
        raise Invalid("This is not your present password.", "password")
    forget_proofs(member)
    take_try(address=wanted)
    drop_changes(member.id)
    change = AddressChange(member_id=member.id, old_email=present, new_email=wanted)
    change.token_hash, change.expires_at = hash_token(new_token()), utcnow() + CONFIRM_WITHIN
    db.session.add(change)
    db.session.flush()
    record(member, "address.requested", "member", member.id, {"name": member.name})
    enqueue("login.mail_address", change_id=change.id, base_url=base_url, locale=locale or member.locale)


@job("login.mail_address")
def mail_address(change_id: int, base_url: str, locale: str) -> None:
    """Mail the link that confirms the new address; to one that is somebody's already, that it is."""
    change = db.session.get(AddressChange, change_id)
    if change is None or change.confirmed_at is not None:
        return
    if _find_holder(change.new_email, but=change.member_id) is not None:
        create_mail(change.new_email, *address_taken_mail(locale))
        db.session.delete(change)
        return
    token = new_token()
    change.token_hash = hash_token(token)
    create_mail(change.new_email, *address_mail(f"{base_url}/login/address/{token}", locale))


def get_change(token: str) -> AddressChange:
    """The change that a link to the new address confirms. Raises NotFound for one that is unknown, used or too old."""
    fresh = (AddressChange.confirmed_at.is_(None), AddressChange.expires_at > utcnow())
    found = db.session.scalar(select(AddressChange).where(AddressChange.token_hash == hash_token(token), *fresh))
    if found is None or db.session.get_one(Member, found.member_id).state != "active":
        raise NotFound("This link is no longer valid.")
    return found


def confirm_change(token: str, base_url: str) -> None:
    """Log in with the new address from now on; the old one is told how to undo it. Raises NotFound, Conflict.

    Links that were mailed to the old address are void, and the other sessions stay: their owner changed it."""
    change, undo = get_change(token), new_token()
    values = {"confirmed_at": utcnow(), "undo_hash": hash_token(undo), "undo_expires_at": utcnow() + UNDO_WITHIN}
    mine = (AddressChange.id == change.id, AddressChange.confirmed_at.is_(None))
    if db.session.execute(update(AddressChange).where(*mine).values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    member = _locked(change.member_id)
    if member.email != change.old_email:
        raise NotFound("This link is no longer valid.")
    _give_address(member, change.new_email)
    actor = Actor(id=member.id, name=member.name)
    record(actor, "address.changed", "member", member.id, {"name": member.name})
    link = f"{base_url}/login/address/undo/{undo}"
    create_mail(change.old_email, *address_changed_mail(member.name, change.new_email, link, member.locale))


@address_given.connect
def tell_old_address(sender: object, member_id: int, before: str | None) -> None:
    """End the sessions of an account that somebody else gave another address; the old one is told how to undo it."""
    member = _locked(member_id)
    if not before or not member.email or not (member.password_hash or member.is_active):
        return
    end_all_sessions(member_id)
    now, undo = utcnow(), new_token()
    change = AddressChange(member_id=member_id, old_email=before, new_email=member.email, confirmed_at=now)
    change.is_own = False
    change.token_hash, change.expires_at = hash_token(new_token()), now
    change.undo_hash, change.undo_expires_at = hash_token(undo), now + UNDO_WITHIN
    db.session.add(change)
    link = f"{the_host().settings.base_url}/login/address/undo/{undo}"
    create_mail(before, *address_given_mail(member.name, member.email, link, member.locale))


def get_undo(token: str) -> AddressChange:
    """The change that a link to the old address undoes. Raises NotFound for one that is unknown, used or too old."""
    known = AddressChange.undo_hash == hash_token(token)
    found = db.session.scalar(select(AddressChange).where(known, AddressChange.undo_expires_at > utcnow()))
    if found is None or db.session.get_one(Member, found.member_id).state != "active":
        raise NotFound("This link is no longer valid.")
    return found


def undo_change(token: str, base_url: str) -> str:
    """Give the account back to its old address, which is returned: every session ends and the password is void.

    Factors of the days before are removed too: whoever took the account may have begun with them; and it stays, should
    its erasure have been asked for. A link for a new password goes to the old address.
    Raises NotFound, Conflict if the address is somebody else's."""
    change = get_undo(token)
    used = update(AddressChange).where(AddressChange.id == change.id, AddressChange.undo_hash == hash_token(token))
    if db.session.execute(used.values(undo_hash=None)).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    later = (AddressChange.member_id == change.member_id, AddressChange.id > change.id)
    db.session.execute(delete(AddressChange).where(*later))  # whoever took the account may have changed it again
    member = _locked(change.member_id)
    _give_address(member, change.old_email)
    member.password_hash, member.erase_at = "", None
    removed = _forget_factors(change)
    end_all_sessions(member.id)
    record(Actor(), "address.undone", "member", member.id, {"name": member.name})
    db.session.flush()
    tell_owner(member.id, "address_undone", **removed)
    mail_reset(change.old_email, base_url, member.locale)
    return change.old_email


def _forget_factors(change: AddressChange) -> dict[str, int]:
    """What was set up lately, or waits to be, is no proof of the owner; recovery codes are none at all. How many."""
    since = change.created_at - UNDO_WITHIN
    is_young = TotpFactor.confirmed_at.is_(None) | (TotpFactor.confirmed_at >= since)
    doomed = {
        "passkeys": delete(Passkey).where(Passkey.member_id == change.member_id, Passkey.created_at >= since),
        "apps": delete(TotpFactor).where(TotpFactor.member_id == change.member_id, is_young),
        "sign_ons": delete(SignOn).where(SignOn.member_id == change.member_id, SignOn.created_at >= since),
        "codes": delete(RecoveryCode).where(RecoveryCode.member_id == change.member_id),
    }
    return {kind: db.session.execute(rows).rowcount for kind, rows in doomed.items()}  # type: ignore[attr-defined]


def _give_address(member: Member, address: str) -> None:
    try:
        with db.session.begin_nested():
            member.email = address
    except IntegrityError:
        raise Conflict("This address can't be used any more. Please ask the office for help.") from None
    void_links(member.id)
    address_changed.send(OWN, member_id=member.id)


@address_changed.connect
def forget_changes(sender: object, member_id: int) -> None:
    """What a member began or did before the office gave them an address is neither confirmed nor undone after it."""
    if sender is not OWN:
        db.session.execute(delete(AddressChange).where(AddressChange.member_id == member_id, AddressChange.is_own))


def _locked(member_id: int) -> Member:
    return db.session.scalars(select(Member).where(Member.id == member_id).with_for_update()).one()


def _find_holder(address: str, but: int) -> int | None:
    return db.session.scalar(select(Member.id).where(Member.email == address, Member.id != but))
