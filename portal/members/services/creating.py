"""New people, with or without an account."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from portal.audit.services.recording import record
from portal.errors import Invalid
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.permissions.actor import Actor, require

MAX_NAME, MAX_FUNCTION = 120, 160


def create_person(member: Actor, name: str, email: str | None = None, function: str = "") -> Member:
    """Create somebody who has no account yet.

    Raises Forbidden without ``members.create``, Invalid for an empty name or an address that is wrong or taken."""
    require(member, "members.create")
    name = clean_name(name)
    address = clean_address(email)
    check_address_is_free(address)
    person = Member(name=name, sort_name=sort_name_of(name), email=address, function=clean_function(function))
    db.session.add(person)
    db.session.flush()
    record(member, "member.created", "member", person.id, {"name": person.name})
    return person


def clean_name(name: str) -> str:
    """A name with single blanks. Raises Invalid for an empty or an endless one."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > MAX_NAME:
        raise Invalid("Please give a name of at most 120 characters.", "name")
    return cleaned


def clean_function(function: str) -> str:
    """What somebody does, with single blanks. Raises Invalid for an endless text."""
    cleaned = " ".join(function.split())
    if len(cleaned) > MAX_FUNCTION:
        raise Invalid("Please use at most 160 characters.", "function")
    return cleaned


def clean_address(email: str | None) -> str | None:
    """An address as it is stored, None for none. Raises Invalid if mail can't go there."""
    if not email or not email.strip():
        return None
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise Invalid("This is not an e-mail address.", "email") from None


def check_address_is_free(address: str | None, but: int | None = None) -> None:
    """Raises Invalid if somebody other than member ``but`` has the address already."""
    taken = select(Member.id).where(Member.email == address, Member.id != (but or 0))
    if address and db.session.scalar(taken) is not None:
        raise Invalid("Somebody in the portal has this address already.", "email")
