"""Members from the command line: the way back in for a locked-out operator."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.admin.services.sessions import end_sessions_of, list_sessions_of
from portal.application import SETTINGS
from portal.cli.finding import find_person
from portal.cli.rows import as_json, print_rows
from portal.database import unit_of_work
from portal.extensions import db
from portal.invitations.services.inviting import invite_person
from portal.login.services.factors import describe_factors, remove_factors
from portal.login.services.passwords import check_strength, hash_password
from portal.login.services.sign_ons import create_sign_on, list_sign_ons, remove_sign_ons
from portal.members.models import Member
from portal.members.services.creating import create_person
from portal.members.services.disabling import disable_member, enable_member
from portal.members.services.roles import set_member_roles
from portal.permissions.actor import command_line


@click.group()
def member() -> None:
    """Create, invite, disable members and give roles."""


@member.command("list")
@as_json
@with_appcontext
def member_list(is_json: bool) -> None:
    """Members with their number, state and address."""
    with unit_of_work():
        found = db.session.scalars(select(Member).order_by(Member.id)).yield_per(500)
        rows = [(one.id, one.name, one.email or "", one.state) for one in found]
    print_rows(("id", "name", "address", "state"), rows, is_json)


@member.command("create")
@click.argument("email")
@click.argument("name")
@click.option("--role", "roles", multiple=True, help="A role to give, such as admin or editorial.")
@click.password_option(help="The member's password; asked for when left out.")
@with_appcontext
def member_create(email: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Create a member who can log in at once."""
    check_strength(password, name.split())
    stored = hash_password(password)  # before the unit of work, so that nobody waits for it
    with unit_of_work():
        one = create_person(command_line(), name=name, email=email)
        one.password_hash, one.state = stored, "active"
        db.session.flush()
        set_member_roles(command_line(), one.id, set(roles))
        click.echo(f"{one.email} is member {one.id}")


@member.command("invite")
@click.argument("email")
@with_appcontext
def member_invite(email: str) -> None:
    """Mail an invitation to a person who has no account yet."""
    settings = current_app.config[SETTINGS]
    with unit_of_work():
        invite_person(command_line(), find_person(email), settings.base_url, settings.default_locale)
    click.echo(f"an invitation goes to {email}")


@member.command("role")
@click.argument("email")
@click.argument("roles", nargs=-1)
@with_appcontext
def member_role(email: str, roles: tuple[str, ...]) -> None:
    """Give a member exactly these roles."""
    with unit_of_work():
        set_member_roles(command_line(), find_person(email).id, set(roles))
    click.echo(f"{email}: {', '.join(roles) or 'no roles'}")


@member.command("disable")
@click.argument("email")
@with_appcontext
def member_disable(email: str) -> None:
    """Disable a member and end all their sessions at once."""
    with unit_of_work():
        disable_member(command_line(), find_person(email).id)
    click.echo(f"{email} is disabled")


@member.command("enable")
@click.argument("email")
@with_appcontext
def member_enable(email: str) -> None:
    """Let a disabled member in again."""
    with unit_of_work():
        enable_member(command_line(), find_person(email).id)
    click.echo(f"{email} is enabled")


@member.command("sessions")
@click.argument("email")
@click.option("--end", is_flag=True, help="Log the member out on every device.")
@with_appcontext
def member_sessions(email: str, end: bool) -> None:
    """Show where a member is logged in, or log them out everywhere."""
    with unit_of_work():
        number = find_person(email).id
        if end:
            end_sessions_of(command_line(), number)
        for one in list_sessions_of(command_line(), number):
            click.echo(f"{one.device or 'unknown device'}, {one.network}, last used {one.seen_at:%Y-%m-%d %H:%M} UTC")
    if end:
        click.echo(f"{email} is logged out everywhere")


@member.command("factors")
@click.argument("email")
@click.option(
    "--remove", is_flag=True, help="Remove them all: for somebody who has lost them. Make sure that it is they."
)
@with_appcontext
def member_factors(email: str, remove: bool) -> None:
    """Show a member's second factors, or remove them."""
    with unit_of_work():
        one = find_person(email)
        if remove:
            remove_factors(command_line(), one)
        kinds = describe_factors(one.id)
    click.echo(f"{email}: {', '.join(kinds) or 'no second factor'}")


@member.command("sign-ons")
@click.argument("email")
@click.option("--unlink", is_flag=True, help="Remove them all, and log the member out everywhere.")
@click.option("--link", "subject", default="", help="Link this subject (the claim sub) of the provider that is set.")
@with_appcontext
def member_sign_ons(email: str, unlink: bool, subject: str) -> None:
    """Show, link or remove the accounts of the single sign-on that let a member in."""
    issuer = current_app.config[SETTINGS].oidc_issuer
    if subject and not issuer:
        raise click.UsageError("PORTAL_OIDC_ISSUER is not set")
    with unit_of_work():
        one = find_person(email)
        if unlink:
            remove_sign_ons(command_line(), one)
        if subject:
            create_sign_on(one.id, issuer, subject, "")
        lines = [f"{row.issuer}: {row.subject} {row.account}".rstrip() for row in list_sign_ons(one.id)]
    click.echo("\n".join(lines) or f"{email}: no sign-on is linked")
