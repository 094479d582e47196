"""Inviting, sending again and withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.invitations.messages import invitation_mail
from portal.invitations.models import Invitation
from portal.invitations.services.inviters import may_still_invite
from portal.invitations.services.queries import get_invitation, require_inviter
from portal.login.services.throttling import take_try
from portal.login.services.tokens import hash_token, new_token
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.members.services.creating import clean_address, clean_name, plain_name
from portal.members.signals import address_changed, member_disabled, members_merged
from portal.organisations.models import Organisation
from portal.organisations.services.creating import check_open
from portal.organisations.services.memberships import ROLES, set_membership
from portal.organisations.signals import editor_ended
from portal.permissions.actor import Actor, require

LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class Guest:
    """Whom to invite, and into which organisation (None: into none) as what."""

    name: str
    email: str
    organisation_id: int | None = None
    role: str = "representative"


def create_invitation(member: Actor, guest: Guest, base_url: str, locale: str) -> Invitation | None:
    """Invite an address. None says that it has an account, which the office's word has added to the organisation.

    An editor learns nothing of accounts: the guest agrees when they accept. An open invitation of the same address into
    the same organisation is sent anew. Raises Forbidden, NotFound, Invalid, TooMany."""
    require_inviter(member, guest.organisation_id)
    name = clean_name(guest.name) if member.can("members.invite") else plain_name(guest.name)
    address = clean_address(guest.email)
    if address is None:
        raise Invalid("Please give an address.", "email")
    if guest.role not in ROLES:
        raise Invalid("Please choose one of the roles.", "role")
    if guest.organisation_id is not None:
        place = db.session.get(Organisation, guest.organisation_id)
        if place is None:
            raise NotFound
        check_open(place)
    known = db.session.scalar(select(Member).where(Member.email == address)) if member.can("members.invite") else None
    if known is not None and known.state in ("active", "disabled"):
        return _add_known(member, known, guest)
    invitation = _find_open(address, guest.organisation_id)
    if invitation is None:
        invitation = Invitation(email=address, organisation_id=guest.organisation_id, member_id=known and known.id)
    invitation.name, invitation.role, invitation.locale = name, guest.role, locale
    if known is not None:
        known.state = "invited"
    _send(member, invitation, base_url)
    return invitation


def invite_person(member: Actor, target: Member, base_url: str, locale: str) -> Invitation:
    """Invite a person of the portal: by accepting they claim what is known of them.

    Raises Forbidden without ``members.invite``, Invalid without an address or with an account, TooMany."""
    require(member, "members.invite")
    if not target.email or target.state not in ("person", "invited"):
        raise Invalid("Only people without an account and with an address can be invited.", "email")
    open_ones = select(Invitation).where(Invitation.member_id == target.id, *_is_open())
    invitation = db.session.scalar(open_ones.limit(1)) or Invitation(member_id=target.id, role="representative")
    invitation.email, invitation.name, invitation.locale = target.email, target.name, target.locale or locale
    target.state = "invited"
    _send(member, invitation, base_url)
    return invitation


def resend_invitation(member: Actor, invitation_id: int, base_url: str) -> Invitation:
    """Send an invitation anew, for seven days; the earlier link is void. Raises NotFound, TooMany."""
    invitation = get_invitation(member, invitation_id)
    _send(member, invitation, base_url)
    return invitation


def withdraw_invitation(member: Actor, invitation_id: int) -> Invitation:
    """Make an invitation useless. Raises NotFound."""
    invitation = get_invitation(member, invitation_id)
    invitation.withdrawn_at = utcnow()
    db.session.flush()
    person = db.session.get(Member, invitation.member_id) if invitation.member_id else None
    if person is not None and person.state == "invited":
        person.state = "person"
    record(member, "invitation.withdrawn", "invitation", invitation.id, {"name": invitation.name})
    return invitation


def _send(member: Actor, invitation: Invitation, base_url: str) -> None:
    """Mail a new link. At most five an hour go to an address, and sixty are sent by a member who is no office."""
    if not member.can("members.invite"):
        take_try(inviter=str(member.id))
    take_try(invite=invitation.email)
    token, now = new_token(), utcnow()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = hash_token(token), now, now + LIFETIME
    invitation.invited_by_id = member.id
    db.session.add(invitation)
    db.session.flush()
    place = db.session.get(Organisation, invitation.organisation_id) if invitation.organisation_id else None
    words = (
        invitation.name,
        member.name if member.id else "",
        place.name if place else "",
        f"{base_url}/invitation/{token}",
    )
    create_mail(invitation.email, *invitation_mail(*words, invitation.locale))
    subject = ("member", invitation.member_id) if invitation.member_id else ("invitation", invitation.id)
    record(member, "member.invited", *subject, {"name": invitation.name, "organisation": place.name if place else ""})


def _add_known(member: Actor, known: Member, guest: Guest) -> None:
    if known.state == "disabled" or guest.organisation_id is None:
        raise Invalid("Somebody in the portal has this address already.", "email", id=known.id)
    set_membership(member, known.id, guest.organisation_id, guest.role)


def _find_open(address: str, organisation_id: int | None) -> Invitation | None:
    same = (Invitation.email == address, Invitation.organisation_id == organisation_id)
    rows = select(Invitation).where(*same, *_is_open()).order_by(Invitation.id.desc()).limit(1)
    return db.session.scalar(rows.with_for_update(of=Invitation))


def _is_open() -> tuple:
    return Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)


@address_changed.connect
def withdraw_mailed(sender: object, member_id: int) -> None:
    """Make void the invitation that went to the address that a person had before."""
    void = update(Invitation).where(Invitation.member_id == member_id, *_is_open())
    db.session.execute(void.values(withdrawn_at=utcnow()))


@member_disabled.connect
def withdraw_of(sender: object, member_id: int) -> None:
    """Make void what a member who was disabled was sent and has sent."""
    theirs = or_(Invitation.member_id == member_id, Invitation.invited_by_id == member_id)
    db.session.execute(update(Invitation).where(theirs, *_is_open()).values(withdrawn_at=utcnow()))


@members_merged.connect
def withdraw_merged(sender: object, member: Actor, kept_id: int, gone_id: int) -> None:
    """Make void what was sent to somebody who is merged away."""
    withdraw_mailed(sender, gone_id)


@editor_ended.connect
def withdraw_by(sender: object, member_id: int, organisation_id: int) -> None:
    """Make void what somebody sent as an editor, unless they may invite into the organisation as office too."""
    rows = select(Invitation).where(Invitation.invited_by_id == member_id, *_is_open())
    for one in db.session.scalars(rows.where(Invitation.organisation_id == organisation_id)):
        if not may_still_invite(one):
            one.withdrawn_at = utcnow()
    db.session.flush()
