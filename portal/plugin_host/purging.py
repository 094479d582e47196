"""Taking a plugin's tables away: by its migrations where they are here, and whatever is left by the recorded list."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable

import structlog
from alembic import command
from sqlalchemy import Connection, MetaData, Table, delete, func, inspect, select, text

from portal.database import Base, unit_of_work
from portal.errors import Invalid
from portal.extensions import db
from portal.permissions.actor import Actor
from portal.permissions.models import RoleGrant
from portal.plugin_host.host import PluginHost
from portal.plugin_host.migrations import Lineage, inspect_tables, migrating
from portal.plugin_host.models import PluginSetting
from portal.plugin_host.remains import REMAINS

log = structlog.get_logger(__name__)


def delete_remains(member: Actor, host: PluginHost, plugin_id: str) -> None:
    """Delete all that the core keeps for the plugin: files, versions, grants, settings, and its folder here."""
    with unit_of_work():
        for one in REMAINS:
            one.delete(member, plugin_id)
        db.session.execute(delete(RoleGrant).where(RoleGrant.permission.startswith(f"{plugin_id}.", autoescape=True)))
        db.session.execute(delete(PluginSetting).where(PluginSetting.id == plugin_id))
    shutil.rmtree(host.settings.data_dir / plugin_id, ignore_errors=True)


def list_own_tables(connection: Connection, plugin_id: str, recorded: Iterable[str]) -> list[str]:
    """The plugin's tables that the database has: those recorded and those named as its own; never one of the core."""
    wanted, core = set(recorded), set(Base.metadata.tables)
    found = [one for one in inspect_tables(connection) if one in wanted or one.startswith(f"{plugin_id}_")]
    return sorted(set(found) - core)


def count_rows(connection: Connection, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    reflected = [Table(name, MetaData()) for name in tables]
    return {one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in reflected}


def check_no_keys_from_outside(connection: Connection, tables: Iterable[str]) -> None:
    """Raises Invalid where another table points at one of these: its rows would lose their parents."""
    own, inspector = set(tables), inspect(connection)
    outside = [
        name
        for name in sorted(set(inspector.get_table_names()) - own)
        if any(key["referred_table"] in own for key in inspector.get_foreign_keys(name))
    ]
    if outside:
        raise Invalid(
            "These tables point at its data: %(tables)s. Purge the plugin that owns them first.",
            tables=", ".join(outside),
        )


def drop_tables(
    url: str, plugin_id: str, recorded: Iterable[str], lineage: Lineage | None, after: Callable[[Connection], None]
) -> None:
    """Drop all tables of the plugin and its version table, and do ``after`` in the same transaction: all or nothing."""
    with migrating(url) as connection:
        check_no_keys_from_outside(connection, list_own_tables(connection, plugin_id, recorded))
        if lineage is not None:
            _go_down(connection, lineage)
        _drop(connection, list_own_tables(connection, plugin_id, recorded))
        _drop(connection, [one for one in inspect_tables(connection) if one == f"alembic_version_{plugin_id}"])
        after(connection)


def _go_down(connection: Connection, lineage: Lineage) -> None:
    """By the plugin's own migrations, which know of more than tables; a broken one stops nobody from purging."""
    try:
        with connection.begin_nested():
            command.downgrade(lineage.config(connection), "base")
    except (Exception, SystemExit) as error:
        log.warning("downgrade_failed", plugin=lineage.name, reason=f"{type(error).__name__}: {error}")


def _drop(connection: Connection, tables: list[str]) -> None:
    quote = connection.dialect.identifier_preparer.quote_identifier
    if not tables:
        return
    if connection.dialect.name == "postgresql":  # all at once: they may point at one another
        connection.execute(text("DROP TABLE " + ", ".join(map(quote, tables))))
        return
    for name in tables:  # SQLite: keys are off within a migration
        connection.execute(text(f"DROP TABLE IF EXISTS {quote(name)}"))
