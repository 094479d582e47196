"""A large network of invented organisations and people, for measurements; the demo network's own are among them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select

from portal.database import Base
from portal.demo.invented import organisation_name, person_name, town_of
from portal.demo.network import PASSWORD
from portal.extensions import db
from portal.login.services.passwords import hash_password
from portal.members.models import Member
from portal.members.naming import fold, sort_name_of
from portal.organisations.models import KINDS, Membership, Organisation
from portal.web.slugs import slug_of

MEMBERS_EACH = 10
SLUG_LENGTH = 100


def fill_network(scale: int) -> None:
    """Bring the network to ``scale`` organisations and ten times as many members, each with an account."""
    missing = range(_count(Organisation), scale)
    if missing:
        db.session.execute(insert(Organisation), [_organisation(number) for number in missing])
    newest = db.session.scalar(select(func.max(Member.id))) or 0
    people = range(_count(Member), scale * MEMBERS_EACH)
    if people:
        shared_hash = hash_password(PASSWORD)
        db.session.execute(insert(Member), [_member(number, shared_hash) for number in people])
    _give_memberships(newest)


def _give_memberships(newest: int) -> None:
    """Spread the people made just now over all organisations; the first of each is its editor."""
    organisations = db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
    members = db.session.scalars(select(Member.id).where(Member.id > newest).order_by(Member.id)).all()
    rows = [
        {
            "member_id": member,
            "organisation_id": organisations[place % len(organisations)],
            "role": "editor" if place < len(organisations) else "representative",
        }
        for place, member in enumerate(members)
    ]
    if rows:
        db.session.execute(insert(Membership), rows)


def _organisation(number: int) -> dict[str, Any]:
    name, (land, town) = organisation_name(number), town_of(number)
    return {
        "slug": slug_of(name, SLUG_LENGTH),
        "name": name,
        "sort_name": fold(name),
        "kind": KINDS[number % 4],
        "land": land,
        "town": town,
    }


def _member(number: int, password_hash: str) -> dict[str, Any]:
    name = person_name(number)
    return {
        "name": name,
        "sort_name": sort_name_of(name),
        "email": f"mitglied{number}@portal.example",
        "function": "Projektleitung" if number % 3 else "Geschäftsführung",
        "state": "active",
        "password_hash": password_hash,
    }


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
