"""Everything that is known of a member, as plain values."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_, select

from portal.database import Base
from portal.extensions import db
from portal.members.models import Member
from portal.plugin_host.asking import ask

MEMBER_TABLE = Member.__tablename__
# A hash, a key or a secret says nothing of a person and would help who steals the file.
SECRET = re.compile(
    r"hash|secret|token|public_key|credential|challenge|counter|sign_count|storage_key|^parts$|^text$|^body$|^html$|^unsubscribe$"
)
# Of what a member did to things and people, the file says what and when; the rest may be about others.
OF_A_DEED = re.compile(r"^id$|_at$|^at$|^action$|^subject_type$|^subject_id$|^file_name$|^number$")
# Words for the directory's search and rights of the row say nothing new.
LEFT_OUT = ("member_word", "data_export")


def collect(member_id: int) -> dict[str, Any]:
    """The member's own row, each row of the core that points at it, and what the plugins in force give."""
    email = db.session.scalar(select(Member.email).where(Member.id == member_id))
    tables = [one for one in Base.metadata.sorted_tables if one.name not in LEFT_OUT]
    rows = {table.name: _rows(table, member_id, email) for table in tables}
    plugins = {plugin: _plain(data) for plugin, data in ask("portal_member_data", member_id=member_id)}
    return {"portal": {name: found for name, found in rows.items() if found}, "plugins": plugins}


def pointing_at_member(table: Table, ondelete: str | None = None) -> list[Column[Any]]:
    """The columns of a table of the core that name a member, all or those with this rule of deletion."""
    keys = [key for key in table.foreign_keys if key.column.table.name == MEMBER_TABLE]
    return [key.parent for key in keys if ondelete in (None, key.ondelete)]


def naming_address(table: Table) -> list[Column[Any]]:
    """The columns that hold somebody's address as text."""
    return [] if table.name == MEMBER_TABLE else [one for one in table.c if one.name in ("email", "recipient")]


def _rows(table: Table, member_id: int, email: str | None) -> list[dict[str, Any]]:
    about = [column == member_id for column in pointing_at_member(table, "CASCADE")]
    about += [table.c.id == member_id] if table.name == MEMBER_TABLE else []
    about += [column == email for column in naming_address(table) if email]
    did = [column == member_id for column in pointing_at_member(table, "SET NULL")]
    shown = [column for column in table.c if not SECRET.search(column.name)]
    return _read(shown, about) + _read([column for column in shown if OF_A_DEED.search(column.name)], did)


def _read(columns: list[Column[Any]], conditions: list[ColumnElement[bool]]) -> list[dict[str, Any]]:
    if not conditions:
        return []
    return [_plain(dict(row._mapping)) for row in db.session.execute(select(*columns).where(or_(*conditions)))]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
