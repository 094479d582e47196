"""Whom an identity lets in. What counts is issuer and subject; an address only once, and only if verified."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.audit.services.recording import record
from portal.config import Settings
from portal.database import utcnow
from portal.errors import Forbidden, Invalid
from portal.extensions import db
from portal.invitations.services.accepting import accept_by_address
from portal.login.models import SignOn
from portal.login.services.sessions import renew_session
from portal.login.services.sign_ons import create_sign_on, find_sign_on, has_own_means, has_sign_on
from portal.members.models import Member
from portal.permissions.actor import Actor
from portal.sign_on.services.identities import Identity
from portal.sign_on.services.refusals import Refused
from portal.sign_on.services.roles import follow_groups

CLOCKS_DIFFER = timedelta(seconds=60)


def enter(identity: Identity, settings: Settings) -> int:
    """The number of the member who comes in; their roles follow the provider's groups where that is set.

    Raises Refused: for strangers (no account is made without an invitation), for an address that is not verified, for
    disabled members, and for an account with means of its own, which its owner links from inside."""
    row = find_sign_on(identity.issuer, identity.subject)
    member_id = _come_back(row, identity) if row is not None else _come_first(identity)
    follow_groups(member_id, identity.groups, settings.oidc_role_pairs)
    return member_id


def link(member: Actor, identity: Identity) -> SignOn:
    """Link the identity to the acting member, who proved who they are and came back with it. Raises Refused."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    try:
        return create_sign_on(member.id, identity.issuer, identity.subject, identity.account)
    except Invalid:
        raise Refused("taken", member.id) from None


def confirm(member: Actor, identity: Identity, since: datetime) -> str:
    """Take the identity as a new proof, if the provider says that it asked anew; gives the session's new token.

    Raises Refused for an identity that is not linked to the acting member, or whose proof is old."""
    row = find_sign_on(identity.issuer, identity.subject)
    if row is None or row.member_id != member.id:
        raise Refused("taken", member.id)
    if identity.proved_at is None or identity.proved_at < since - CLOCKS_DIFFER:
        raise Refused("old_proof", member.id)
    record(member, "session.confirmed", "member", member.id)
    return renew_session(member, confirmed_at=min(identity.proved_at, utcnow()))


def note_refusal(refused: Refused) -> None:
    """Have the audit know that somebody with a valid token of the provider was not let in, and why."""
    record(Actor(), "sign_on.refused", "member", refused.member_id or "", {"reason": refused.reason})


def _come_back(row: SignOn, identity: Identity) -> int:
    if not db.session.get_one(Member, row.member_id).is_active:
        raise Refused("disabled", row.member_id)
    row.used_at, row.account = utcnow(), identity.account
    db.session.flush()
    return row.member_id


def _come_first(identity: Identity) -> int:
    if not identity.email:
        raise Refused("unverified")
    found = db.session.scalar(select(Member).where(Member.email == identity.email).with_for_update())
    if found is None or found.state in ("person", "invited"):
        found = accept_by_address(identity.email)
    if found is None:
        raise Refused("stranger")
    if not found.is_active:
        raise Refused("disabled", found.id)
    if has_sign_on(found.id, identity.issuer):
        raise Refused("taken", found.id)
    if has_own_means(found):
        raise Refused("own_means", found.id)
    create_sign_on(found.id, identity.issuer, identity.subject, identity.account)
    return found.id
