"""One member from the command line: details, roles, a way in, duplicates."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.application import SETTINGS
from portal.audit.services.recording import record
from portal.cli.finding import find_person, find_role
from portal.cli.rows import as_json, print_rows
from portal.database import unit_of_work
from portal.errors import Invalid
from portal.login.services.factors import describe_factors
from portal.login.services.links import LIFETIMES, create_link
from portal.login.services.local import is_local_open
from portal.members.services.editing import update_member
from portal.members.services.merging import merge_people, preview_merge
from portal.members.services.roles import list_held_roles, set_member_roles
from portal.permissions.actor import command_line


@click.command("show")
@click.argument("who", metavar="ADDRESS")
@as_json
@with_appcontext
def member_show(who: str, is_json: bool) -> None:
    """What is known of a member: state, roles, organisations, second factors."""
    with unit_of_work():
        one = find_person(who)
        places = [f"{held.organisation.slug} ({held.role})" for held in one.memberships]
        roles, factors = sorted(list_held_roles(command_line(), one.id)), list(describe_factors(one.id))
        row = (one.id, one.name, one.email or "", one.function, one.state, roles, places, factors)
    names = ("id", "name", "address", "function", "state", "roles", "organisations", "factors")
    if is_json:
        print_rows(names, [row], is_json)
    else:
        print_rows(("what", "value"), list(zip(names, row, strict=True)), is_json)


@click.command("update")
@click.argument("who", metavar="ADDRESS")
@click.option("--name")
@click.option("--email", help="Another address; the old one is told and can undo it for seven days.")
@click.option("--function")
@with_appcontext
def member_update(who: str, name: str | None, email: str | None, function: str | None) -> None:
    """Change name, address or function of somebody."""
    with unit_of_work():
        one = find_person(who)
        known = (name or one.name, email or one.email, one.function if function is None else function)
        update_member(command_line(), one.id, *known, one.version)
        click.echo(f"{one.name}, {one.email or 'no address'}, {one.function or 'no function'}")


@click.command("roles")
@click.argument("who", metavar="ADDRESS")
@click.option("--give", multiple=True, metavar="ROLE", help="A role to give; others stay.")
@click.option("--take", multiple=True, metavar="ROLE", help="A role to take; the last admin keeps theirs.")
@with_appcontext
def member_roles(who: str, give: tuple[str, ...], take: tuple[str, ...]) -> None:
    """Show the roles of a member, or give and take some."""
    with unit_of_work():
        one = find_person(who)
        given, taken = ({find_role(name).name for name in names} for names in (give, take))
        if given or taken:
            set_member_roles(command_line(), one.id, given - taken, among=given | taken)
        roles = sorted(list_held_roles(command_line(), one.id))
        click.echo(f"{one.name}: {', '.join(roles) or 'no roles'}")


@click.command("password-link")
@click.argument("who", metavar="ADDRESS")
@with_appcontext
def member_password_link(who: str) -> None:
    """Print a link by which a member chooses a new password, once, for where mails don't arrive. Give it to nobody
    else."""
    with unit_of_work():
        one = find_person(who)
        if not one.is_active:
            raise Invalid(f"{who} has no active account: invite or enable them first")
        if not is_local_open(one.email):
            raise Invalid(f"{who} can't log in with a password: local log-in is closed")
        token = create_link(one.id, "reset")
        record(command_line(), "reset.requested", "member", one.id, {"name": one.name})
        minutes = int(LIFETIMES["reset"].total_seconds() // 60)
    click.echo(f"{current_app.config[SETTINGS].base_url}/login/reset/{token}")
    click.echo(f"for {one.name}, for {minutes} minutes; earlier links are void", err=True)


@click.command("merge")
@click.argument("gone", metavar="DUPLICATE")
@click.argument("kept", metavar="INTO")
@click.option("--yes", is_flag=True, help="Don't ask.")
@with_appcontext
def member_merge(gone: str, kept: str, yes: bool) -> None:
    """Merge a person without account into another entry, both by address or number. It can't be undone."""
    with unit_of_work():
        duplicate, person = find_person(gone), find_person(kept)
        numbers, names = (person.id, duplicate.id), (duplicate.name, person.name)
        moved = preview_merge(command_line(), *numbers)
    for line in [f"{names[0]} (number {numbers[1]}) becomes part of {names[1]} (number {numbers[0]})", *moved]:
        click.echo(line)
    if not yes:
        click.confirm("This can't be undone. Merge them?", abort=True)
    with unit_of_work():
        merge_people(command_line(), *numbers)
    click.echo(f"{names[1]} is in the portal once now")
