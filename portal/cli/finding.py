"""Whom and what a command means."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.errors import NotFound
from portal.extensions import db
from portal.login.services.authentication import normalise_email
from portal.members.models import Member
from portal.organisations.models import Organisation
from portal.organisations.services.queries import get_organisation
from portal.permissions.models import Role


def find_person(who: str) -> Member:
    """Who has this address or number: people without an account may have no address. Raises NotFound."""
    if who.isascii() and who.isdigit() and len(who) < 10:
        found = db.session.get(Member, int(who))
    else:
        found = db.session.scalar(select(Member).where(Member.email == normalise_email(who)))
    if found is None:
        raise NotFound(f"nobody has the {'number' if who.isdigit() else 'address'} {who}")
    return found


def find_organisation(slug: str) -> Organisation:
    """The organisation that this is, or was, the address of. Raises NotFound."""
    try:
        return get_organisation(slug)
    except NotFound:
        raise NotFound(f"no organisation has the address {slug}, see: portal organisation list") from None


def find_role(name: str) -> Role:
    """The role of this name, or of this title. Raises NotFound."""
    named = select(Role).where((Role.name == name) | (func.lower(Role.title) == name.lower()))
    found = db.session.scalar(named.limit(1))
    if found is None:
        raise NotFound(f"there is no role {name}, see: portal role list")
    return found
