"""What is kept how long, from the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from portal.database import reading, unit_of_work
from portal.retention.registry import list_rules
from portal.retention.services.keeping import BATCH, keep_batch, list_states, oldest_kept

console = Console(width=150)  # the same in a terminal, a file and a pipe


@click.group()
def retention() -> None:
    """See what is kept how long, and remove what is older."""


@retention.command("show")
@with_appcontext
def retention_show() -> None:
    """Print each rule: days, setting, how much is due now, and what its last run removed."""
    table = Table("rule", "days", "setting", "due now", "last run", "removed then")
    with reading():
        for one in list_states():
            due = one.rule.count(oldest_kept(one.rule))
            ran = one.ran_at.strftime("%Y-%m-%d %H:%M UTC") if one.ran_at else "not yet"
            table.add_row(one.rule.name, str(one.days), one.rule.setting or "fixed", str(due), ran, str(one.removed))
    console.print(table)


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
@with_appcontext
def retention_run(dry_run: bool) -> None:
    """Remove what is due now, as the worker does every night."""
    for rule in list_rules():
        if dry_run:
            with reading():
                click.echo(f"{rule.name}: {rule.count(oldest_kept(rule))} would go")
            continue
        with unit_of_work():
            removed = total = keep_batch(rule, is_first=True)
        while removed >= BATCH:
            with unit_of_work():
                removed = keep_batch(rule, is_first=False)
            total += removed
        click.echo(f"{rule.name}: {total} removed")
