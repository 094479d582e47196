"""New people, with or without an account."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.services.recording import record
from portal.errors import Invalid
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.permissions.actor import Actor, require

MAX_NAME, MAX_FUNCTION = 120, 160
# What mail programs make a link of: a path, an address, or words that a full stop joins (in any script).
LINK = re.compile(r"[/@\\]|www\.|\w{2}[.\u3002\uff0e\uff61]\w{2}", re.IGNORECASE)
TITLE = re.compile(r"\b(dr|prof|dipl|ing|mag|med|jur|phil|rer|nat|habil|st)\.(?=\w)", re.IGNORECASE)
MOST_DIGITS = 4  # more would be a telephone number


def create_person(member: Actor, name: str, email: str | None = None, function: str = "") -> Member:
    """Create somebody who has no account yet.

    Raises Forbidden without ``members.create``, Invalid for an empty name or an address that is wrong or taken."""
    require(member, "members.create")
    name = clean_name(name)
    address = clean_address(email)
    check_address_is_free(address)
    person = Member(name=name, sort_name=sort_name_of(name), email=address, function=clean_function(function))
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        check_address_is_free(address)  # somebody else took it at the same moment
        raise
    record(member, "member.created", "member", person.id, {"name": person.name})
    return person


def check_name_is_new(member: Actor, name: str) -> None:
    """Raises Invalid, with the ``id`` of whom it found, if somebody has this name already.

    Two clicks of the same member on the same button wait for one another here."""
    db.session.scalar(select(Member.id).where(Member.id == member.id).with_for_update())
    namesakes = select(Member.id).where(Member.sort_name == sort_name_of(clean_name(name)), Member.state != "disabled")
    if found := db.session.scalar(namesakes.order_by(Member.id).limit(1)):
        raise Invalid("Somebody of this name is in the portal already.", "name", id=found)


def clean_name(name: str) -> str:
    """A name with single blanks. Raises Invalid for an empty or an endless one."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > MAX_NAME:
        raise Invalid("Please give a name of at most 120 characters.", "name")
    return cleaned


def plain_name(name: str, field: str = "name") -> str:
    """A name as it may stand in a mail to somebody else: nothing in it calls somewhere or is made a link of.

    Raises Invalid for an empty or an endless one, or one with an address or a number in it."""
    cleaned = clean_name(TITLE.sub(r"\1. ", name))
    if LINK.search(cleaned) or sum(one.isdigit() for one in cleaned) > MOST_DIGITS:
        raise Invalid("Please give the name alone, without an address of a page or of mail.", field)
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
    """Raises Invalid, with their ``id``, if somebody other than member ``but`` has the address already."""
    taken = select(Member.id).where(Member.email == address, Member.id != (but or 0))
    if address and (found := db.session.scalar(taken)):
        raise Invalid("Somebody in the portal has this address already.", "email", id=found)
