"""The demo network."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.database import unit_of_work
from portal.demo.network import ACCOUNTS, PASSWORD, load_network
from portal.extensions import db
from portal.jobs.queue import EXTENSION
from portal.members.models import Member
from portal.plugin_host.navigation import the_host


@click.command()
@with_appcontext
def demo() -> None:
    """Fill a fresh database with the demo network; refuses where there are members already."""
    with unit_of_work():
        if db.session.scalar(select(Member.id).limit(1)):
            click.echo("portal demo: this database has members already", err=True)
            sys.exit(1)
    host = the_host()
    host.sync(force=True)
    with unit_of_work():
        load_network()
    for plugin_id in host.now.effective:
        click.echo(f"demo: {plugin_id}")
        with unit_of_work():
            host.ask_one(plugin_id, "portal_demo_load")
    _work_off()
    for account in ACCOUNTS:
        click.echo(f"  {account.email:<28} {PASSWORD}   {account.name}")


def _work_off() -> None:
    """Do the jobs that the demo queued, so that thumbnails and texts are there when the first page opens."""
    queue = current_app.extensions[EXTENSION].queue
    with click.progressbar(length=queue.pending_count(), label="demo: jobs") as bar:
        while task := queue.dequeue():
            queue.execute(task)
            bar.update(1)
