"""Sending many invitations again: each by itself, so that one that can't be sent keeps none of the others back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.errors import Invalid, NotFound, PortalError, TooMany
from portal.extensions import db
from portal.invitations.services.inviting import resend_invitation
from portal.invitations.services.queries import find_names
from portal.permissions.actor import Actor

MOST = 100


@dataclass(frozen=True)
class Resent:
    """What became of one: whom it invites ("" where the member may not know), and why it was not sent."""

    name: str
    email: str
    refusal: PortalError | None = None


def resend_invitations(member: Actor, invitation_ids: Iterable[int], base_url: str) -> list[Resent]:
    """Send each anew, with the rights and budgets of :func:`resend_invitation`. Raises Invalid for none or too many."""
    wanted = sorted(set(invitation_ids))
    if not wanted or len(wanted) > MOST:
        raise Invalid("Please choose one to a hundred invitations.")
    names = find_names(member, wanted)
    return [_resend(member, one, names.get(one, ("", "")), base_url) for one in wanted]


def _resend(member: Actor, invitation_id: int, whom: tuple[str, str], base_url: str) -> Resent:
    try:
        with db.session.begin_nested():
            resend_invitation(member, invitation_id, base_url)
    except (NotFound, TooMany, Invalid) as error:
        return Resent(*whom, refusal=error)
    return Resent(*whom)
