"""Upgrade, routes, settings, health."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from portal.application import SETTINGS
from portal.audit.services.chain import check as check_chain
from portal.cli.audit import describe_chain
from portal.cli.trouble import trouble_of
from portal.extensions import db
from portal.plugin_host.navigation import the_host
from portal.plugin_host.upgrading import upgrade_all
from portal.privacy.services.remaining import count_remainders
from portal.retention.services.keeping import is_late
from portal.sign_on.services.checking import Finding, check_sign_on
from portal.sign_on.services.provider import provider_of
from portal.web.access import list_routes
from portal.web.health import readiness_checks

console = Console(width=150)  # the same in a terminal, a file and a pipe


@click.command()
@with_appcontext
def upgrade() -> None:
    """Bring the schemas to this code: the core's, then each plugin's. A new database gets the bundled plugins."""
    for line in upgrade_all(the_host()):
        click.echo(line)


@click.command()
@with_appcontext
def routes() -> None:
    """Print every route with its permission, cache class and rate class."""
    table = Table("methods", "route", "endpoint", "permission", "cache", "rate")
    for rule, declared in list_routes(current_app._get_current_object()):  # type: ignore[attr-defined]
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        table.add_row(methods, rule.rule, rule.endpoint, declared.permission, declared.cache, declared.rate)
    console.print(table)


@click.command()
@with_appcontext
def config() -> None:
    """Print the effective settings, secrets masked."""
    for name, value in current_app.config[SETTINGS].masked().items():
        click.echo(f"{name}={value}")


@click.command()
@with_appcontext
def doctor() -> None:
    """Check database, storage, worker, audit log, single sign-on and plugins; exit code 1 when something is wrong."""
    failed = [name for name, check in readiness_checks().items() if not _reported(name, *_outcome(check))]
    if not _reported("audit log", *_audit_outcome()):
        failed.append("audit log")
    if not _reported("retention", *_outcome(lambda: not is_late())):
        failed.append("retention")
    if not _reported("erasure", *_erasure_outcome()):
        failed.append("erasure")
    failed += [one.name for one in _sign_on_findings() if not _reported(one.name, one.is_right, one.text)]
    for plugin in the_host().plugins.values():
        if not _reported(f"plugin {plugin.id}", plugin.is_loaded, plugin.error):
            failed.append(plugin.id)
    sys.exit(1 if failed else 0)


def _sign_on_findings() -> list[Finding]:
    settings = current_app.config[SETTINGS]
    try:
        return check_sign_on(provider_of(settings), settings) if settings.oidc_issuer else []
    except DBAPIError as error:
        db.session.rollback()
        return [Finding("sign-on", False, trouble_of(error))]


def _audit_outcome() -> tuple[bool, str]:
    try:
        found = check_chain()
    except DBAPIError as error:
        db.session.rollback()
        return False, trouble_of(error)
    return found.finding is None, describe_chain(found)


def _erasure_outcome() -> tuple[bool, str]:
    try:
        left = count_remainders()
    except DBAPIError as error:
        db.session.rollback()
        return False, trouble_of(error)
    return not left, "; ".join(f"{number} erased members wait for the plugin {one}" for one, number in left.items())


def _outcome(check: object) -> tuple[bool, str]:
    try:
        return bool(check()), ""  # type: ignore[operator]
    except DBAPIError as error:
        return False, trouble_of(error)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"


def _reported(name: str, ok: bool, text: str = "") -> bool:
    click.echo(f"{'ok ' if ok else 'BAD'} {name}{': ' + text if text else ''}")
    return ok
