"""Erasing a member from the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.database import unit_of_work
from portal.errors import NotFound
from portal.extensions import db
from portal.login.services.authentication import normalise_email
from portal.members.models import Member
from portal.permissions.actor import system
from portal.privacy.services.erasing import erase_member


@click.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This can't be undone. Erase the member?")
@with_appcontext
def member_erase(email: str) -> None:
    """Erase a member at once; what they contributed stays without their name."""
    with unit_of_work():
        found = db.session.scalar(select(Member.id).where(Member.email == normalise_email(email)))
        if found is None:
            raise NotFound("There is no member with this address.")
        erase_member(system(), found)
        click.echo(f"member {found} is erased")
