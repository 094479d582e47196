"""Reading invitations and requests for access."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from portal.errors import Forbidden, NotFound
from portal.extensions import db
from portal.invitations.models import AccessRequest, Invitation
from portal.organisations.models import Organisation
from portal.permissions.actor import Actor, require
from portal.web.paging import Page, page_of

PAGE_SIZE = 50


def list_invitations(member: Actor, before: int | None = None) -> Page[Invitation]:
    """A page of all neither accepted nor withdrawn, newest first. Raises Forbidden without ``members.invite``."""
    require(member, "members.invite")
    rows = _open() if before is None else _open().where(Invitation.id < before)
    return page_of(list(db.session.scalars(rows.limit(PAGE_SIZE + 1))), PAGE_SIZE, lambda one: one.id)


def list_invitations_of(member: Actor, organisation: Organisation) -> list[Invitation]:
    """The latest hundred into one organisation that are open or expired. Raises Forbidden for who may not invite."""
    require_inviter(member, organisation.id)
    return list(db.session.scalars(_open().where(Invitation.organisation_id == organisation.id).limit(100)))


def get_invitation(member: Actor, invitation_id: int) -> Invitation:
    """One that is neither accepted nor withdrawn and that the member may send again; locked. Raises NotFound."""
    found = db.session.scalar(_open().where(Invitation.id == invitation_id).with_for_update(of=Invitation))
    if found is None or not can_invite(member, found.organisation_id):
        raise NotFound
    return found


def find_names(member: Actor, ids: list[int]) -> dict[int, tuple[str, str]]:
    """Name and address of those of these open invitations that the member may send again."""
    found = db.session.scalars(_open().where(Invitation.id.in_(ids)))
    return {one.id: (one.name, one.email) for one in found if can_invite(member, one.organisation_id)}


def can_invite(member: Actor, organisation_id: int | None) -> bool:
    """Whether the member may invite: an editor into their own organisation, the office into those it may manage."""
    if member.edits_organisation(organisation_id):
        return True
    return member.can("members.invite") and (organisation_id is None or member.can("organisations.manage"))


def require_inviter(member: Actor, organisation_id: int | None) -> None:
    """Let pass who may invite into an organisation. Raises Forbidden."""
    if not can_invite(member, organisation_id):
        raise Forbidden("Only editors of this organisation and the office can invite people.")


def list_requests(member: Actor) -> list[AccessRequest]:
    """The oldest hundred requests for access that wait. Raises Forbidden without ``members.invite``."""
    require(member, "members.invite")
    rows = select(AccessRequest).where(*_waiting()).order_by(AccessRequest.confirmed_at, AccessRequest.id)
    return list(db.session.scalars(rows.limit(100)))


def get_request(member: Actor, request_id: int) -> AccessRequest:
    """A request for access that waits, locked. Raises Forbidden without ``members.invite``, NotFound."""
    require(member, "members.invite")
    rows = select(AccessRequest).where(*_waiting(), AccessRequest.id == request_id)
    found = db.session.scalar(rows.with_for_update(of=AccessRequest))
    if found is None:
        raise NotFound
    return found


def count_requests(member: Actor) -> int:
    """How many requests for access wait for the member; none for who can't decide."""
    if not member.can("members.invite"):
        return 0
    return db.session.scalar(select(func.count()).select_from(AccessRequest).where(*_waiting())) or 0


def list_decidable(member: Actor, subjects: list[str]) -> set[str]:
    """The subjects of notices that requests wait: all while some do, none for who can't decide or after the last."""
    return set(subjects) if count_requests(member) else set()


def _waiting() -> tuple:
    return AccessRequest.confirmed_at.is_not(None), AccessRequest.outcome == ""


def _open() -> Select[Invitation]:
    rows = select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return rows.order_by(Invitation.id.desc())
