"""Inviting a list from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from portal.application import SETTINGS
from portal.database import unit_of_work
from portal.invitations.services.importing import check_list, invite_list
from portal.invitations.services.reading import read_list
from portal.permissions.actor import command_line


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only show what would happen with each row.")
@with_appcontext
def member_import(file: Path, check: bool) -> None:
    """Invite everybody of a CSV or Excel list, or nobody if a row has an error."""
    settings = current_app.config[SETTINGS]
    rows = read_list(file.read_bytes())
    with unit_of_work():
        table, lines = Table("row", "name", "address", "what happens"), check_list(command_line(), rows)
        for line in lines:
            says = line.error.message if line.error else line.outcome
            table.add_row(str(line.number), line.row["name"], line.row["email"], says)
        Console().print(table)
        if check:
            return
        count = invite_list(command_line(), rows, settings.base_url, settings.default_locale)
    click.echo(f"{count} people are invited or belong to their organisation")
