"""Organisations from the command line."""

from __future__ import annotations

from dataclasses import replace

import click
from flask.cli import with_appcontext

from portal.cli.finding import find_organisation, find_person
from portal.cli.rows import as_json, print_rows
from portal.database import unit_of_work
from portal.organisations.models import KINDS, Organisation
from portal.organisations.services import archiving, merging, queries, teams
from portal.organisations.services.creating import OrganisationData, create_organisation, update_organisation
from portal.organisations.services.memberships import ROLES, delete_membership, set_membership
from portal.organisations.services.successors import count_editors
from portal.permissions.actor import command_line

ROLE = click.option("--role", type=click.Choice(ROLES), default="representative", help="What they do there.")
DETAILS = [
    click.option("--short-name", help="For narrow places."),
    click.option("--kind", type=click.Choice(KINDS)),
    click.option("--land", help="The code of a Land, such as NI."),
    click.option("--town"),
]


def _with_details(command: click.decorators.FC) -> click.decorators.FC:
    for option in reversed(DETAILS):
        command = option(command)
    return command


@click.group()
def organisation() -> None:
    """Create, rename, archive and merge organisations, and say who belongs to them.

    An organisation is named by the last part of the address of its page."""


@organisation.command("list")
@click.option("--archived", is_flag=True, help="The archived ones instead.")
@as_json
@with_appcontext
def organisation_list(archived: bool, is_json: bool) -> None:
    """Organisations by name, with how many can log in and edit for them."""
    with unit_of_work():
        editors = count_editors(command_line())
        found = queries.list_archived(command_line()) if archived else queries.list_organisations()
        rows = [(one.slug, one.name, one.kind, one.land, one.town, editors.get(one.id, 0)) for one in found]
    print_rows(("slug", "name", "kind", "land", "town", "editors"), rows, is_json)


@organisation.command("create")
@click.argument("name")
@_with_details
@with_appcontext
def organisation_create(name: str, **details: str | None) -> None:
    """Create an organisation."""
    given = {field: value for field, value in details.items() if value is not None}
    with unit_of_work():
        one = create_organisation(command_line(), OrganisationData(name, **given))
        click.echo(f"{one.name} is {one.slug}")


@organisation.command("rename")
@click.argument("slug")
@click.argument("name")
@with_appcontext
def organisation_rename(slug: str, name: str) -> None:
    """Give an organisation another name; its old address leads to the new one."""
    _update(slug, name=name)


@organisation.command("update")
@click.argument("slug")
@_with_details
@with_appcontext
def organisation_update(slug: str, **details: str | None) -> None:
    """Change what is known of an organisation."""
    _update(slug, **{field: value for field, value in details.items() if value is not None})


@organisation.command("archive")
@click.argument("slug")
@with_appcontext
def organisation_archive(slug: str) -> None:
    """Take an organisation out of lists and choices; its people keep their accounts."""
    with unit_of_work():
        one = find_organisation(slug)
        archiving.archive_organisation(command_line(), slug, one.version)
        click.echo(f"{one.name} is archived")


@organisation.command("restore")
@click.argument("slug")
@with_appcontext
def organisation_restore(slug: str) -> None:
    """Bring an archived organisation back."""
    with unit_of_work():
        one = find_organisation(slug)
        archiving.restore_organisation(command_line(), slug, one.version)
        click.echo(f"{one.name} is back")


@organisation.command("merge")
@click.argument("slug")
@click.argument("into")
@click.option("--yes", is_flag=True, help="Don't ask.")
@with_appcontext
def organisation_merge(slug: str, into: str, yes: bool) -> None:
    """Let everything of one organisation belong to another, after showing what that is. It can't be undone."""
    with unit_of_work():
        gone, kept = find_organisation(slug), find_organisation(into)
        names = gone.name, kept.name
        preview = merging.preview_merge(command_line(), into, slug)
    for line in [f"{names[0]} becomes part of {names[1]}", *preview.moved, *preview.people]:
        click.echo(line)
    if not yes:
        click.confirm("This can't be undone. Merge them?", abort=True)
    with unit_of_work():
        merged = merging.merge_organisations(command_line(), into, slug, preview.stamp)
        click.echo(f"{slug} leads to {merged.slug} now")


@organisation.command("members")
@click.argument("slug")
@as_json
@with_appcontext
def organisation_members(slug: str, is_json: bool) -> None:
    """Who belongs to an organisation, and as what."""
    with unit_of_work():
        people = teams.list_team(command_line(), find_organisation(slug))
        rows = [(one.member_id, one.member.name, one.member.email or "", one.role, one.member.state) for one in people]
    print_rows(("id", "name", "address", "role", "state"), rows, is_json)


@organisation.command("add-member")
@click.argument("slug")
@click.argument("who", metavar="ADDRESS")
@ROLE
@with_appcontext
def organisation_add_member(slug: str, who: str, role: str) -> None:
    """Let somebody belong to an organisation, or change what they do there."""
    with unit_of_work():
        person, place = find_person(who), find_organisation(slug)
        set_membership(command_line(), person.id, place.id, role)
        click.echo(f"{person.name} is {role} of {place.name}")


@organisation.command("remove-member")
@click.argument("slug")
@click.argument("who", metavar="ADDRESS")
@with_appcontext
def organisation_remove_member(slug: str, who: str) -> None:
    """Let somebody no longer belong to an organisation; the last editor stays."""
    with unit_of_work():
        place = find_organisation(slug)
        name = delete_membership(command_line(), find_person(who).id, place.id)
        click.echo(f"{name} no longer belongs to {place.name}")


@organisation.command("hand-over")
@click.argument("slug")
@click.argument("leaving", metavar="FROM")
@click.argument("successor", metavar="TO")
@with_appcontext
def organisation_hand_over(slug: str, leaving: str, successor: str) -> None:
    """Make one of its people editor and let an editor step down, in one step."""
    with unit_of_work():
        place, old, new = find_organisation(slug), find_person(leaving), find_person(successor)
        teams.hand_over(command_line(), place.id, old.id, new.id)
        click.echo(f"{new.name} edits for {place.name}, {old.name} no longer does")


def _update(slug: str, **changed: str) -> None:
    with unit_of_work():
        one = find_organisation(slug)
        known = replace(_data_of(one), **changed)
        done = update_organisation(command_line(), slug, known, one.version)
        click.echo(f"{done.name} is {done.slug}")


def _data_of(one: Organisation) -> OrganisationData:
    return OrganisationData(one.name, one.short_name, one.kind, one.land, one.town)
