"""Whether somebody may come in without the single sign-on: by password, passkey or a mailed link."""

from __future__ import annotations

from dataclasses import dataclass

from portal.errors import Forbidden
from portal.extensions import db
from portal.members.models import Member
from portal.permissions.actor import Actor
from portal.plugin_host.navigation import the_host


@dataclass(frozen=True)
class OwnPassword:
    """Whether a member has a password, and whether one would let them in."""

    is_set: bool
    is_open: bool

    @property
    def counts(self) -> bool:
        """Whether they can prove who they are by it."""
        return self.is_set and self.is_open


def describe_password(member: Actor) -> OwnPassword:
    """What the acting member's own password is worth. Raises Forbidden for the public."""
    own = db.session.get(Member, member.id) if member.id else None
    if own is None:
        raise Forbidden("Please log in first.")
    return OwnPassword(bool(own.password_hash), is_local_open(own.email))


def is_local_open(email: str | None) -> bool:
    """Whether who has this address may: everybody, unless PORTAL_LOCAL_LOGIN is off; then those of break glass."""
    return the_host().settings.may_log_in_locally(email)


def require_local(member_id: int | None) -> None:
    """Let pass whom :func:`is_local_open` allows. Raises Forbidden."""
    found = db.session.get(Member, member_id) if member_id else None
    if found is None or not is_local_open(found.email):
        raise Forbidden("Here one logs in only by the single sign-on.")
