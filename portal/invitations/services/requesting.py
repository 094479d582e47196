"""Asking for access: by a form, confirmed by the address, decided by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.invitations.messages import confirmation_mail, known_mail, refusal_mail
from portal.invitations.models import AccessRequest
from portal.invitations.services.inviting import Guest, create_invitation
from portal.invitations.services.queries import count_requests, get_request
from portal.jobs import enqueue, job
from portal.login.services.throttling import take_try
from portal.login.services.tokens import hash_token, new_token
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.members.services.creating import clean_address, plain_name
from portal.notices.services.telling import forget_subject, notify
from portal.organisations.models import Organisation
from portal.permissions.actor import Actor, system
from portal.permissions.models import MemberRole, RoleGrant

CONFIRM_WITHIN = timedelta(days=1)
MAX_REASON, MAX_PLACE = 2000, 200
NOTICE, WAITING = "invitations.request_waiting", "waiting"


@dataclass(frozen=True)
class Wish:
    """Who asks for access: an organisation is chosen or named, not both."""

    name: str
    email: str
    organisation_id: int | None
    organisation_name: str
    reason: str


def request_access(wish: Wish, network: str, base_url: str, locale: str) -> None:
    """Keep a request and have its address confirmed by mail. Raises Invalid, TooMany.

    The worker looks whether the address has an account: neither the answer nor its time tells the asker."""
    name, address = plain_name(wish.name), clean_address(wish.email)
    if address is None:
        raise Invalid("Please give an address.", "email")
    place = wish.organisation_id and db.session.get(Organisation, wish.organisation_id)
    if not place and not wish.organisation_name.strip():
        raise Invalid("Please choose or name your organisation.", "organisation_name")
    take_try(request=address, network=network)
    request = AccessRequest(name=name, email=address, organisation_id=place.id if place else None, locale=locale)
    request.organisation_name = "" if place else " ".join(wish.organisation_name.split())[:MAX_PLACE]
    request.reason = wish.reason.strip()[:MAX_REASON]
    request.token_hash, request.expires_at = hash_token(new_token()), utcnow() + CONFIRM_WITHIN
    db.session.add(request)
    db.session.flush()
    enqueue("invitations.mail_request", request_id=request.id, base_url=base_url)


@job("invitations.mail_request")
def mail_request(request_id: int, base_url: str) -> None:
    """Mail the link that confirms the address; to who has an account, that they have one. A second run mails anew."""
    request = db.session.get(AccessRequest, request_id)
    if request is None or request.confirmed_at is not None:
        return
    known = db.session.scalar(select(Member).where(Member.email == request.email))
    if known is not None and known.state in ("active", "disabled"):
        db.session.delete(request)
        if known.state == "active":
            words = known_mail(known.name, f"{base_url}/login/reset", known.locale or request.locale)
            create_mail(request.email, *words)
        return
    token = new_token()
    request.token_hash = hash_token(token)
    link = f"{base_url}/login/request/{token}"
    create_mail(request.email, *confirmation_mail(link, request.locale))


def get_unconfirmed(token: str) -> AccessRequest:
    """The request that a mailed link confirms. Raises NotFound for one that is unknown, used or too old."""
    found = db.session.scalar(select(AccessRequest).where(*_is_unconfirmed(token)))
    if found is None:
        raise NotFound("This link is no longer valid.")
    return found


def confirm_request(token: str) -> None:
    """Let a request wait for its decision; an older one of the address makes room. Raises NotFound."""
    confirmed = update(AccessRequest).where(*_is_unconfirmed(token)).values(confirmed_at=utcnow())
    if db.session.execute(confirmed).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    request = db.session.scalars(select(AccessRequest).where(AccessRequest.token_hash == hash_token(token))).one()
    older = (AccessRequest.email == request.email, AccessRequest.outcome == "", AccessRequest.id != request.id)
    db.session.execute(delete(AccessRequest).where(*older))
    record(Actor(), "access.requested", "access_request", request.id, {"name": request.name})
    enqueue("invitations.notify")


def approve_request(member: Actor, request_id: int, guest: Guest, base_url: str) -> None:
    """Grant access: the address gets an invitation into ``guest``'s organisation. Raises Forbidden, NotFound, TooMany.

    Name and address are those of the request, whatever ``guest`` says."""
    request = get_request(member, request_id)
    wanted = Guest(request.name, request.email, guest.organisation_id, guest.role)
    create_invitation(member, wanted, base_url, request.locale)
    _decide(member, request, "approved")


def refuse_request(member: Actor, request_id: int, reason: str) -> None:
    """Refuse access and mail the reason. Raises Forbidden, NotFound, Invalid without a reason."""
    request, reason = get_request(member, request_id), reason.strip()
    if not reason or len(reason) > MAX_REASON:
        raise Invalid("Please give a reason of at most 2,000 characters.", "reason")
    create_mail(request.email, *refusal_mail(request.name, reason, request.locale))
    _decide(member, request, "refused")


def _decide(member: Actor, request: AccessRequest, outcome: str) -> None:
    request.outcome, request.decided_at, request.decided_by_id = outcome, utcnow(), member.id
    db.session.flush()
    record(member, f"access.{outcome}", "access_request", request.id, {"name": request.name})
    if not count_requests(system()):
        forget_subject(NOTICE, WAITING)


@job("invitations.notify")
def notify_deciders() -> None:
    """Tell those who decide that requests wait: once until they have looked, however many run this at once."""
    holders = select(MemberRole.member_id).join(RoleGrant, RoleGrant.role_id == MemberRole.role_id)
    deciders = set(db.session.scalars(holders.where(RoleGrant.permission == "members.invite")))
    notify(Actor(), NOTICE, deciders, WAITING, "/admin/requests", once="unread")


def _is_unconfirmed(token: str) -> tuple:
    fresh = (AccessRequest.confirmed_at.is_(None), AccessRequest.expires_at > utcnow())
    return AccessRequest.token_hash == hash_token(token), *fresh
