"""What a member may know of the subjects of the core's notices."""

from __future__ import annotations

from sqlalchemy import select

from portal.extensions import db
from portal.members.models import Member
from portal.permissions.actor import Actor


def joined_subject(organisation_id: int, member_id: int) -> str:
    """The subject of a notice that somebody joined an organisation."""
    return f"{organisation_id}-{member_id}"


def list_joined(member: Actor, subjects: list[str]) -> set[str]:
    """Those of organisations that the member still edits, about people who are still there."""
    edited = [one for one in subjects if member.edits_organisation(int(one.split("-")[0]))]
    people = {one: int(one.split("-")[1]) for one in edited}
    there = select(Member.id).where(Member.id.in_(people.values()), Member.state != "disabled")
    known = set(db.session.scalars(there))
    return {one for one, number in people.items() if number in known}


def list_own(member: Actor, subjects: list[str]) -> set[str]:
    """All: what is told of somebody's own account is theirs."""
    return set(subjects)
