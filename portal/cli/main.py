"""The entry point: the application is made first, so that plugins' commands are there too."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup

from portal.application import create_app
from portal.cli.demo import demo
from portal.cli.member import member
from portal.cli.plugin import plugin
from portal.cli.serve import serve, web, worker
from portal.cli.system import config, doctor, routes, upgrade
from portal.config import SettingsError
from portal.errors import PortalError

COMMANDS = (serve, web, worker, upgrade, demo, member, plugin, routes, config, doctor)


class PortalGroup(FlaskGroup):
    """Flask's command group without its own commands; errors are one clear line."""

    def main(self, *args: object, **options: object) -> object:  # type: ignore[override]
        try:
            return super().main(*args, **options)  # type: ignore[arg-type]
        except (SettingsError, PortalError) as error:
            click.echo(f"portal: {error}", err=True)
            sys.exit(1)


cli = PortalGroup(
    name="portal",
    help="The portal: serve it, upgrade it, look after members and plugins.",
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli.main(prog_name="portal")
