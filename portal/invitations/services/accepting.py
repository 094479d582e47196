"""Accepting an invitation: once, by whoever holds the link that went to the address."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.audit.services.recording import record
from portal.database import reading, utcnow
from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.invitations.services.inviters import may_still_invite
from portal.login.services import passwords
from portal.login.services.links import own_words, void_links
from portal.login.services.local import is_local_open
from portal.login.services.tokens import hash_token
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.organisations.models import Membership
from portal.organisations.services.memberships import set_membership
from portal.permissions.actor import Actor, system


def get_open_invitation(token: str) -> Invitation:
    """What a link invites to.

    Raises NotFound if it is unknown, used, withdrawn, expired, of a disabled member or by who may no longer invite."""
    found = db.session.scalar(select(Invitation).where(*_is_valid(token)))
    if found is None or not may_still_invite(found):
        raise NotFound("This link is no longer valid.")
    if (person := find_person(found)) is not None and person.state == "disabled":
        raise NotFound("This link is no longer valid.")
    return found


def find_person(invitation: Invitation) -> Member | None:
    """Whom the invitation is for: the person it is bound to, else who has the address."""
    if invitation.member_id:
        return db.session.get(Member, invitation.member_id)
    return db.session.scalar(select(Member).where(Member.email == invitation.email))


def accept_with_password(token: str, password: str) -> Member:
    """Make the account, with its first password, and let it belong to the organisation. Gives the member.

    A person whom the portal knows by this address, or whom the invitation is bound to, keeps their row, and so their
    history. Never changes an account that exists. Nobody waits for the hashing: the unit of work begins after it.
    Raises NotFound, Invalid for a weak password, Forbidden for who may only sign on."""
    with reading():
        invitation = get_open_invitation(token)
        words = own_words(Member(name=invitation.name, email=invitation.email))
        if not is_local_open(invitation.email):
            raise Forbidden("Here one logs in only by the single sign-on.")
    passwords.check_strength(password, words)
    new_hash = passwords.hash_password(password)
    invitation = _claim(token)
    person = find_person(invitation) or _new_person(invitation)
    if person.state not in ("person", "invited"):
        raise NotFound("This link is no longer valid.")
    person.email, person.password_hash, person.state = invitation.email, new_hash, "active"
    db.session.flush()
    void_links(person.id)
    _join(invitation, person)
    return person


def accept_by_address(email: str) -> Member | None:
    """Accept every open invitation of somebody whose address a sign-on's provider has verified; no password is set.

    Gives the account that is made of it, as :func:`accept_with_password` does; None if nobody invited them."""
    rows = select(Invitation).where(*_is_open(), Invitation.email == email).order_by(Invitation.id)
    valid = [one for one in db.session.scalars(rows.with_for_update(of=Invitation)) if may_still_invite(one)]
    person = (find_person(valid[0]) or _new_person(valid[0])) if valid else None
    if person is None or person.state not in ("person", "invited"):
        return None
    person.email, person.state = email, "active"
    db.session.flush()
    void_links(person.id)
    for invitation in valid:
        if find_person(invitation) is person:
            invitation.accepted_at = utcnow()
            _join(invitation, person)
    return person


def accept_as_member(member: Actor, token: str) -> Invitation:
    """Let the acting member, whose address was invited, belong to the organisation. Raises NotFound, Forbidden."""
    invitation = get_open_invitation(token)
    person = find_person(invitation)
    if person is None or member.id != person.id:
        raise Forbidden("This invitation is for another address.")
    _join(_claim(token), person)
    return invitation


def _claim(token: str) -> Invitation:
    """Of many who come with the same link at once, one changes the row and the others find it changed."""
    claimed = update(Invitation).where(*_is_valid(token)).values(accepted_at=utcnow())
    if db.session.execute(claimed).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("This link is no longer valid.")
    invitation = db.session.scalars(select(Invitation).where(Invitation.token_hash == hash_token(token))).one()
    if not may_still_invite(invitation):
        raise NotFound("This link is no longer valid.")
    return invitation


def _is_valid(token: str) -> tuple:
    return Invitation.token_hash == hash_token(token), *_is_open()


def _is_open() -> tuple:
    open_ones = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return *open_ones, Invitation.expires_at > utcnow()


def _new_person(invitation: Invitation) -> Member:
    name = invitation.name
    person = Member(name=name, sort_name=sort_name_of(name), email=invitation.email, locale=invitation.locale)
    db.session.add(person)
    db.session.flush()
    return person


def _join(invitation: Invitation, person: Member) -> None:
    """An editor who is invited as a representative stays an editor."""
    record(Actor(id=person.id, name=person.name), "invitation.redeemed", "member", person.id, {"name": person.name})
    place = invitation.organisation_id
    if place is None:
        return
    held = db.session.get(Membership, (person.id, place))
    if held is None or invitation.role == "editor":
        set_membership(system(), person.id, place, invitation.role)
