"""The audit log from the command line."""

from __future__ import annotations

import sys
from typing import TextIO

import click
from flask.cli import with_appcontext

from portal.admin.exports import FORMATS
from portal.audit.services import chain
from portal.audit.services.queries import AuditFilter, iterate_entries, record_export
from portal.database import reading, unit_of_work
from portal.permissions.actor import command_line


@click.group()
def audit() -> None:
    """Check and export the audit log."""


@audit.command("check")
@with_appcontext
def audit_check() -> None:
    """Walk the chain of hashes and name the first line that was changed or removed; exit code 1 when there is one.

    The number and the hash at the end, noted elsewhere, prove later that nothing before them was replaced."""
    with unit_of_work():
        chain.seal()
    with reading():
        found = chain.check()
    click.echo(describe_chain(found), err=found.finding is not None)
    sys.exit(1 if found.finding else 0)


@audit.command("export")
@click.option("--format", "kind", type=click.Choice(sorted(FORMATS)), default="jsonl", help="A table or JSON lines.")
@click.option("--output", type=click.File("w", encoding="utf-8"), default="-", help="A file instead of the screen.")
@with_appcontext
def audit_export(kind: str, output: TextIO) -> None:
    """Write out every line, newest first; that it was exported is recorded."""
    with reading():
        FORMATS[kind][0](iterate_entries(command_line(), AuditFilter()), output)
    with unit_of_work():
        record_export(command_line())


def describe_chain(found: chain.Chain) -> str:
    """How the chain is, in one line."""
    if found.finding is None:
        cut = f" ({found.cut} of them cut off when their time was over)" if found.cut else ""
        return f"{found.sealed} lines{cut}, {found.waiting} not sealed yet, the last hash is {found.hash or 'none'}"
    entry = f" (entry {found.finding.entry_id})" if found.finding.entry_id else ""
    return f"line {found.finding.number}{entry} was {found.finding.what}"
