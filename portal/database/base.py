"""Declarative bases: one for the core, one for each plugin, so that a broken plugin can't break the core's mappers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, registry

from portal.database.types import UtcDateTime

convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
column_types: dict[Any, Any] = {datetime: UtcDateTime, str: String}


def utcnow() -> datetime:
    """The present moment, with time zone UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Base of the core's models."""

    metadata = MetaData(naming_convention=convention)
    type_annotation_map = column_types


def plugin_base(plugin_id: str) -> type[DeclarativeBase]:
    """A base of its own (registry and metadata) for the models of plugin ``plugin_id``; tables must be ``<id>_…``."""
    metadata = MetaData(naming_convention=convention, info={"plugin": plugin_id})
    mapper_registry = registry(metadata=metadata, type_annotation_map=column_types)
    names = {"registry": mapper_registry, "metadata": metadata, "__abstract__": True}
    return type(f"{plugin_id.title()}Base", (DeclarativeBase,), names)


def references(model: type[DeclarativeBase], *, ondelete: str, column: str = "id") -> ForeignKey:
    """A foreign key to ``model`` (the core's or the same plugin's); ``ondelete``: CASCADE, SET NULL or RESTRICT."""
    return ForeignKey(model.__table__.c[column], ondelete=ondelete)
