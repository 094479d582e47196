"""Roles from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from portal.admin.services import explaining, grants
from portal.cli.finding import find_organisation, find_person, find_role
from portal.cli.rows import as_json, print_rows
from portal.database import unit_of_work
from portal.errors import NotFound
from portal.permissions.actor import command_line
from portal.plugin_host.navigation import the_host


@click.group()
def role() -> None:
    """What roles grant, and why somebody may do something. A role is named by its name or its title."""


@role.command("list")
@as_json
@with_appcontext
def role_list(is_json: bool) -> None:
    """Roles with how many hold them and what they grant."""
    with unit_of_work():
        holders = grants.count_holders(command_line())
        found = grants.list_roles_with_grants(command_line())
        rows = [(one.name, one.title, holders.get(one.id, 0), _granted(one)) for one in found]
    print_rows(("name", "title", "members", "grants"), rows, is_json)


@role.command("permissions")
@as_json
@with_appcontext
def role_permissions(is_json: bool) -> None:
    """Every permission that can be granted, with what it allows."""
    host = the_host()
    rows = [
        (one.name, str(one.title), str(one.explanation), host.owns_now(one.owner)) for one in host.permissions.all()
    ]
    print_rows(("permission", "title", "explanation", "in force"), rows, is_json)


@role.command("create")
@click.argument("title")
@with_appcontext
def role_create(title: str) -> None:
    """Make a role that grants nothing yet."""
    with unit_of_work():
        click.echo(f"{title} is {grants.create_role(command_line(), title).name}")


@role.command("rename")
@click.argument("role_name", metavar="ROLE")
@click.argument("title")
@with_appcontext
def role_rename(role_name: str, title: str) -> None:
    """Give a role another title; its name stays."""
    with unit_of_work():
        one = grants.rename_role(command_line(), find_role(role_name).name, title)
        click.echo(f"{one.name} is {one.title}")


@role.command("grant")
@click.argument("role_name", metavar="ROLE")
@click.argument("permissions", metavar="PERMISSION...", nargs=-1, required=True)
@with_appcontext
def role_grant(role_name: str, permissions: tuple[str, ...]) -> None:
    """Let a role grant permissions too."""
    _change(role_name, set(permissions), given=True)


@role.command("withdraw")
@click.argument("role_name", metavar="ROLE")
@click.argument("permissions", metavar="PERMISSION...", nargs=-1, required=True)
@with_appcontext
def role_withdraw(role_name: str, permissions: tuple[str, ...]) -> None:
    """Let a role no longer grant permissions."""
    _change(role_name, set(permissions), given=False)


@role.command("delete")
@click.argument("role_name", metavar="ROLE")
@click.confirmation_option(prompt="Whoever holds it no longer may what it grants. Delete the role?")
@with_appcontext
def role_delete(role_name: str) -> None:
    """Delete a role for everybody who holds it."""
    with unit_of_work():
        click.echo(f"{grants.delete_role(command_line(), find_role(role_name).name)} is deleted")


@role.command("why")
@click.argument("who", metavar="ADDRESS")
@click.argument("permission")
@click.option("--organisation", "slug", help="Whether they may do it there.")
@with_appcontext
def role_why(who: str, permission: str, slug: str | None) -> None:
    """Say why somebody may use a permission, or why not; exit code 1 when they may not."""
    host = the_host()
    _check_permissions({permission})
    with unit_of_work():
        place = find_organisation(slug) if slug else None
        answer = explaining.explain(command_line(), host, find_person(who).id, permission, place and place.id)
        may = answer.may_there if place and answer.permission.for_editors else answer.may
        for line in ["yes" if may else "no", *_reasons(answer)]:
            click.echo(line)
    sys.exit(0 if may else 1)


def _reasons(answer: explaining.Explanation) -> list[str]:
    name, place = answer.person.name, answer.organisation
    said = [f"{name} holds the role “{title}”, which grants it" for title in answer.granting]
    said += [f"{name} holds the role “{one}”, which counts only with a second factor" for one in answer.waiting]
    if not said:
        said.append(f"no role that {name} holds grants it")
    if not answer.person.is_active:
        said.append(f"the account of {name} is not active")
    if not answer.in_force:
        said.append("the plugin that it belongs to is off")
    if place is not None:
        said.append(f"in {place.name}: {answer.membership or 'does not belong to it'}")
        if place.is_archived:
            said.append(f"{place.name} is archived")
    return said


def _change(role_name: str, permissions: set[str], given: bool) -> None:
    _check_permissions(permissions)
    with unit_of_work():
        found = find_role(role_name)
        one = grants.set_role_grants(command_line(), found.name, permissions if given else set(), permissions)
        click.echo(f"{one.title} grants: {', '.join(_granted(one)) or 'nothing'}")


def _check_permissions(names: set[str]) -> None:
    if unknown := names - the_host().permissions.names():
        raise NotFound(f"there is no permission {', '.join(sorted(unknown))}, see: portal role permissions")


def _granted(one: grants.Role) -> list[str]:
    return sorted(grant.permission for grant in one.grants)
