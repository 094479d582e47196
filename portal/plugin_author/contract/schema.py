"""Tables: named after the plugin, made and taken back by migrations, gone after purging."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from portal.extensions import db
from portal.permissions.actor import system
from portal.permissions.models import RoleGrant
from portal.plugin_author.contract.case import Case
from portal.plugin_author.rehearsal import leave_database
from portal.plugin_host import migrations
from portal.plugin_host.lifecycle import Lifecycle


def check_tables(case: Case) -> Iterator[str]:
    """Tables are named ``<id>_…``; foreign keys say what happens, and point at the core's tables or its own."""
    lineage = case.host.lineage(case.plugin_id)
    for table in lineage.metadata.tables.values() if lineage else ():
        if not table.name.startswith(f"{case.plugin_id}_"):
            yield f"the table {table.name} is not named {case.plugin_id}_…"
        for key in table.foreign_keys:
            if not key.ondelete:
                yield f"the foreign key of {table.name}.{key.parent.name} has no ondelete"


def check_migrations(case: Case) -> Iterator[str]:
    """Migrations go up, down and up again, leave nothing behind, and make what the models say."""
    lineage = case.host.lineage(case.plugin_id)
    if lineage is None:
        return
    leave_database()
    url = case.host.settings.database
    for change in migrations.find_drift(url, lineage):
        yield f"models and migrations differ: {change} (run: portal plugin makemigration {case.plugin_id} -m …)"
    migrations.downgrade(url, lineage)
    if left := _own_tables(case):
        yield f"after taking all migrations back there still is {', '.join(left)}"
    migrations.upgrade(url, lineage)


def check_purging(case: Case) -> Iterator[str]:
    """Purging leaves no table, grant or row of the plugin."""
    lifecycle = Lifecycle(case.host)
    lifecycle.disable(system(), case.plugin_id)
    leave_database()
    lifecycle.purge(system(), case.plugin_id, case.plugin_id)
    if left := _own_tables(case):
        yield f"after purging there still is {', '.join(left)}"
    grants = select(RoleGrant.permission).where(RoleGrant.permission.startswith(f"{case.plugin_id}.", autoescape=True))
    if kept := list(db.session.scalars(grants)):
        yield f"after purging roles still grant {', '.join(kept)}"


def _own_tables(case: Case) -> list[str]:
    with migrations.migrating(case.host.settings.database) as connection:
        found = migrations.inspect_tables(connection)
    return [name for name in found if name.startswith(f"{case.plugin_id}_")]
