"""Schemas: a version table and a folder per plugin and one for the core, over one shared Alembic environment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, event, inspect, text

from portal.database import Base, UtcDateTime
from portal.paths import shared_folder

_alembic_lock = threading.Lock()  # Alembic's op and context are global to the process
ADVISORY_LOCK = 7_205_001


class DanglingKeys(RuntimeError):
    """After a migration, rows point at rows that are gone; the migration was undone."""


@dataclass(frozen=True)
class Lineage:
    """One line of versions: the core's or a plugin's. ``others`` are ids whose tables the core must not touch."""

    name: str
    folder: Path
    metadata: MetaData
    others: tuple[str, ...] = ()

    @property
    def version_table(self) -> str:
        """The table that holds this line's revision."""
        return "alembic_version" if self.name == "portal" else f"alembic_version_{self.name}"

    def owns(self, table: str) -> bool:
        """Whether a table belongs to this line."""
        if self.name != "portal":
            return table.startswith(f"{self.name}_")
        return not table.startswith(("alembic_version", *(f"{other}_" for other in self.others)))

    @cached_property
    def head(self) -> str:
        """The newest revision in the folder, "" when there is none."""
        return self._read().get_current_head() or ""

    def knows(self, revision: str) -> bool:
        """Whether the folder has this revision; it has not when the database was upgraded by newer code."""
        return not revision or revision in {one.revision for one in self._read().walk_revisions()}

    def _read(self) -> ScriptDirectory:
        return ScriptDirectory.from_config(self.config(None))

    def config(self, connection: Connection | None) -> Config:
        """The Alembic configuration for this line on ``connection``."""
        config = Config()
        config.set_main_option("script_location", str(shared_folder("migrations")))
        config.set_main_option("version_locations", str(self.folder))
        config.set_main_option("path_separator", "os")
        config.attributes.update(connection=connection, lineage=self)
        return config


def core_lineage(plugin_ids: tuple[str, ...] = ()) -> Lineage:
    """The core's own line."""
    return Lineage("portal", shared_folder("migrations") / "versions", Base.metadata, plugin_ids)


def upgrade(
    url: str, lineage: Lineage, revision: str = "head", after: Callable[[Connection, str], None] | None = None
) -> str:
    """Bring the line to ``revision``; all or nothing. Gives the revision reached, after telling it to ``after`` within
    the same transaction."""
    with migrating(url) as connection:
        command.upgrade(lineage.config(connection), revision)
        reached = current(connection, lineage)
        if after is not None:
            after(connection, reached)
        return reached


def downgrade(url: str, lineage: Lineage, revision: str = "base") -> None:
    """Take the line back to ``revision``; all or nothing."""
    with migrating(url) as connection:
        command.downgrade(lineage.config(connection), revision)


def make_revision(url: str, lineage: Lineage, message: str) -> Path:
    """Write a new version from the difference between models and database; gives its file."""
    number = f"{len(list(lineage.folder.glob('[0-9]*.py'))) + 1:04d}"
    with migrating(url) as connection:
        script = command.revision(
            lineage.config(connection),
            message,
            autogenerate=True,
            rev_id=number,
            version_path=str(lineage.folder),
        )
    return Path(script.path)  # type: ignore[union-attr]


def find_drift(url: str, lineage: Lineage) -> list[str]:
    """Differences between models and a database at head, in words; empty when there are none."""
    with migrating(url) as connection:
        context = MigrationContext.configure(connection, opts=options(lineage, connection))
        return [str(change) for change in compare_metadata(context, lineage.metadata)]


def current(connection: Connection, lineage: Lineage) -> str:
    """The line's revision in the database, "" before the first."""
    context = MigrationContext.configure(connection, opts={"version_table": lineage.version_table})
    return context.get_current_revision() or ""


def inspect_tables(connection: Connection) -> list[str]:
    """The names of all tables that the database has."""
    return inspect(connection).get_table_names()


def list_tables(lineage: Lineage) -> list[str]:
    """The names of the line's tables, for purging without the package."""
    return sorted(lineage.metadata.tables)


def options(lineage: Lineage, connection: Connection) -> dict[str, object]:
    """What the environment tells Alembic: which tables to look at, and how."""

    def include(name: str | None, kind: str, parents: object) -> bool:
        return kind != "table" or name is None or lineage.owns(name)

    return {
        "version_table": lineage.version_table,
        "target_metadata": lineage.metadata,
        "include_name": include,
        "compare_type": True,
        "render_item": _render_type,
        "render_as_batch": connection.dialect.name == "sqlite",
        "transactional_ddl": True,
    }


def _render_type(kind: str, item: object, context: object) -> str | bool:
    """Our column types by the name that the version template imports."""
    ours = kind == "type" and type(item).__module__ == UtcDateTime.__module__
    return f"database.{type(item).__name__}()" if ours else False


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    """A connection for migrations: one at a time, one transaction, foreign keys off and checked at the end."""
    with _alembic_lock:
        engine = create_engine(url, poolclass=NullPool)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        with engine.connect() as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            yield connection
            _check_keys(connection)
        engine.dispose()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: object, record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if dangling:
            raise DanglingKeys(f"rows without their parent: {dangling}")
