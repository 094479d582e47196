"""Before a plugin's data is deleted: how much there is, and all of it as a file to keep."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select

from portal.audit.services.recording import record
from portal.database import writing
from portal.errors import NotFound
from portal.extensions import db
from portal.files.models import Attachment
from portal.files.storage.protocol import Missing
from portal.files.store import current_storage
from portal.permissions.actor import Actor, require
from portal.permissions.models import RoleGrant
from portal.plugin_host.host import PluginHost
from portal.plugin_host.lifecycle import MANAGE
from portal.plugin_host.models import PluginSetting, PluginState
from portal.plugin_host.purging import count_rows, list_own_tables
from portal.plugin_host.remains import REMAINS

EXPORT = "plugins.export"
READ_ME = (
    "All rows of each table, one JSON object on a line; files as they were uploaded, with what is known of them.\n"
)


@dataclass(frozen=True)
class Losses:
    """What purging deletes: rows by table, other things by title, grants and settings."""

    tables: dict[str, int]
    things: list[tuple[Any, int]]
    grants: int
    settings: int


def count_losses(member: Actor, plugin_id: str) -> Losses:
    """How much a plugin's purging deletes. Raises Forbidden without ``plugins.manage``, NotFound."""
    require(member, MANAGE)
    connection = db.session.connection()
    return Losses(
        count_rows(connection, _tables(connection, plugin_id)),
        [(one.title, one.count(plugin_id)) for one in REMAINS],
        _count(RoleGrant.permission.startswith(f"{plugin_id}.", autoescape=True)),
        _count(PluginSetting.id == plugin_id),
    )


def export_plugin(member: Actor, host: PluginHost, plugin_id: str, target: Path) -> None:
    """Write a ZIP of all tables and files of a plugin to ``target``, whoever else may read them.

    Raises Forbidden without ``plugins.export``, NotFound."""
    require(member, EXPORT)
    # On a connection of its own that only reads: nobody else's writing waits for a ZIP of gigabytes.
    with writing(False), db.engine.connect() as connection:
        tables = _tables(connection, plugin_id)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", READ_ME)
            for name in tables:
                with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as stream:
                    for line in _lines(connection, name):
                        stream.write(line)
            _add_files(connection, archive, plugin_id)
    record(member, "plugin.exported", "plugin", plugin_id, {"tables": tables})


def _tables(connection: Connection, plugin_id: str) -> list[str]:
    row = connection.execute(select(PluginState.tables).where(PluginState.id == plugin_id)).first()
    if row is None:
        raise NotFound
    return list_own_tables(connection, plugin_id, row.tables)


def _count(condition: Any) -> int:
    return db.session.scalar(select(func.count()).where(condition)) or 0


def _lines(connection: Connection, name: str) -> Iterator[bytes]:
    table = Table(name, MetaData(), autoload_with=connection)
    for row in connection.execute(select(table).execution_options(yield_per=500)):
        yield json.dumps(dict(row._mapping), ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _add_files(connection: Connection, archive: zipfile.ZipFile, plugin_id: str) -> None:
    known = []
    files = select(Attachment.__table__).where(Attachment.owner_plugin == plugin_id).order_by(Attachment.id)
    for one in connection.execute(files):
        name = f"files/{one.id}-{Path(one.file_name).name}"
        known.append(
            {"file": name, "title": one.title, "of": f"{one.subject_type}:{one.subject_id}", "alt": one.alt_text}
        )
        try:
            with archive.open(name, "w", force_zip64=True) as stream:
                for piece in current_storage().read(one.storage_key):
                    stream.write(piece)
        except Missing:
            known[-1]["missing"] = True
    archive.writestr("files/index.json", json.dumps(known, ensure_ascii=False, indent=1))
