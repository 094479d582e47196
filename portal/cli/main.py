"""The entry point: the application is made first, so that plugins' commands are there too."""

from __future__ import annotations

import sys

import click
import psycopg
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo
from sqlalchemy.exc import DBAPIError

from portal.application import SETTINGS, create_app
from portal.cli.account import member_merge, member_password_link, member_roles, member_show, member_update
from portal.cli.audit import audit
from portal.cli.demo import demo
from portal.cli.invitations import member_import
from portal.cli.member import member
from portal.cli.organisation import organisation
from portal.cli.plugin import plugin
from portal.cli.plugin_author import plugin_new, plugin_translate
from portal.cli.plugin_doctor import plugin_doctor
from portal.cli.plugin_life import COMMANDS as PLUGIN_COMMANDS
from portal.cli.plugin_settings import plugin_settings
from portal.cli.privacy import member_erase
from portal.cli.retention import retention
from portal.cli.role import role
from portal.cli.serve import serve, web, worker
from portal.cli.system import config, doctor, routes, upgrade
from portal.cli.trouble import trouble_of
from portal.config import SettingsError
from portal.errors import PortalError
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.web.logs import configure_logs

COMMANDS = (
    serve,
    web,
    worker,
    upgrade,
    demo,
    member,
    organisation,
    role,
    audit,
    retention,
    plugin,
    routes,
    config,
    doctor,
)
OF_MEMBERS = (member_erase, member_import, member_merge, member_password_link, member_roles, member_show, member_update)


def create_app_for_commands() -> Flask:
    """The application, following what the database says of plugins; if it says nothing, the command reports that."""
    app = create_app()
    configure_logs("ERROR")
    with app.app_context():
        app.extensions[EXTENSION].sync(force=True)
    configure_logs(app.config[SETTINGS].log_level)
    return app


class PortalGroup(FlaskGroup):
    """Flask's command group without its own commands; errors are one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The core's commands and those of plugins in force."""
        return [name for name in super().list_commands(ctx) if self.get_command(ctx, name)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, unless its plugin is off."""
        command = super().get_command(ctx, name)
        if command is None or name in self.commands:
            return command
        host: PluginHost = ctx.ensure_object(ScriptInfo).load_app().extensions[EXTENSION]
        return command if host.is_effective(name) else None

    def main(self, *args: object, **options: object) -> object:  # type: ignore[override]
        try:
            return super().main(*args, **options)  # type: ignore[arg-type]
        except SettingsError as error:
            click.echo(f"portal: {error}", err=True)
        except PortalError as error:
            click.echo(f"portal: {error.message % error.details or type(error).__name__}", err=True)
        except (DBAPIError, psycopg.Error) as error:
            click.echo(f"portal: {trouble_of(error)}", err=True)
        sys.exit(1)


cli = PortalGroup(
    name="portal",
    help="The portal: serve it, upgrade it, look after members and plugins.",
    create_app=create_app_for_commands,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
)
for command in OF_MEMBERS:
    member.add_command(command)
for command in (*PLUGIN_COMMANDS, plugin_settings, plugin_doctor):
    plugin.add_command(command)
plugin.add_command(plugin_new)
plugin.add_command(plugin_translate)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli.main(prog_name="portal")
