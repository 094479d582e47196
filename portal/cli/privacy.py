"""Erasing a member from the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from portal.cli.finding import find_person
from portal.database import unit_of_work
from portal.permissions.actor import command_line
from portal.privacy.services.erasing import erase_member


@click.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This can't be undone. Erase the member?")
@with_appcontext
def member_erase(email: str) -> None:
    """Erase a member at once; what they contributed stays without their name."""
    with unit_of_work():
        found = find_person(email).id
        erase_member(command_line(), found)
        click.echo(f"member {found} is erased")
