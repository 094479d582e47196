"""The one Alembic environment, for the core's line of versions and each plugin's alike."""

from alembic import context

from portal.plugin_host.migrations import options

config = context.config
connection = config.attributes["connection"]
lineage = config.attributes["lineage"]

context.configure(connection=connection, **options(lineage, connection))
with context.begin_transaction():
    context.run_migrations()
