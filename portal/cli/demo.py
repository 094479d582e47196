"""The demo network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.application import SETTINGS
from portal.database import unit_of_work
from portal.demo.network import ACCOUNTS, PASSWORD, load_network
from portal.demo.scale import fill_network
from portal.demo.texts import publish_texts
from portal.errors import PortalError
from portal.extensions import db
from portal.jobs.queue import EXTENSION
from portal.members.models import Member
from portal.plugin_host.host import PluginHost
from portal.plugin_host.navigation import the_host
from portal.web.logs import configure_logs

LARGEST = 100_000
NO_FACTOR = "PORTAL_REQUIRE_SECOND_FACTOR="


@click.command()
@click.option(
    "--scale",
    type=click.IntRange(1, LARGEST),
    metavar="N",
    help="For measurements: N organisations, ten times as many members, N invented things of each plugin.",
)
@click.option("--verbose", is_flag=True, help="Show the log of each job.")
@with_appcontext
def demo(scale: int | None, verbose: bool) -> None:
    """Fill a fresh database with the demo network; refuses where there are members already."""
    if not verbose:
        configure_logs("WARNING")
    with unit_of_work():
        if db.session.scalar(select(Member.id).limit(1)):
            raise PortalError("this database has members already")
    host = the_host()
    with click.progressbar(_list_steps(host, scale or 0), label="demo: content", item_show_func=_name) as steps:
        for _title, step in steps:
            with unit_of_work():
                step()
    _work_off()
    if current_app.config[SETTINGS].factor_roles:
        _let_passwords_do(current_app.config[SETTINGS].data_dir / "portal.env")
    for account in ACCOUNTS:
        click.echo(f"  {account.email:<28} {PASSWORD}   {account.name}")


def _let_passwords_do(env_file: Path) -> None:
    """The demo's accounts work with their password alone, the admin's too: the data folder says so for this portal."""
    lines = env_file.read_text(encoding="utf-8").splitlines() if env_file.exists() else []
    env_file.write_text("\n".join([*lines, NO_FACTOR]) + "\n", encoding="utf-8")
    click.echo(f"  A password is enough here, also for the admin: {NO_FACTOR} stands in {env_file}")


def _list_steps(host: PluginHost, scale: int) -> list[tuple[str, Callable[[], object]]]:
    steps: list[tuple[str, Callable[[], object]]] = [("network", load_network), ("texts", publish_texts)]
    if scale:
        steps.append((f"{scale} organisations", lambda: fill_network(scale)))
    return steps + [(plugin, _loading(host, plugin, scale)) for plugin in host.now.effective]


def _loading(host: PluginHost, plugin_id: str, scale: int) -> Callable[[], object]:
    return lambda: host.ask_one(plugin_id, "portal_demo_load", scale=scale)


def _name(step: tuple[str, object] | None) -> str:
    return step[0] if step else ""


def _work_off() -> None:
    """Do the jobs that the demo queued, so that thumbnails and texts are there when the first page opens."""
    queue = current_app.extensions[EXTENSION].queue
    with click.progressbar(length=queue.pending_count(), label="demo: jobs") as bar:
        while task := queue.dequeue():
            queue.execute(task)
            bar.update(1)
