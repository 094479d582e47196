"""Column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BindParameter, Boolean, DateTime, Dialect, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: takes only aware datetimes, gives them back in UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class AudienceType(TypeDecorator[list[str]]):
    """The principals that may read a row, as a sorted JSON list (JSONB on PostgreSQL)."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str]:
        if isinstance(value, str):
            raise TypeError("an audience is a set of principals, not one text")
        return sorted(set(value or ()))

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> list[str]:
        return value or []


class _Principals(TypeDecorator[list[str]]):
    """A bound list of principals: an array for PostgreSQL, a JSON text for SQLite."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else JSON())


class meets(FunctionElement[bool]):  # noqa: N801 (reads as a word of SQL)
    """True where the audience column (first argument) and the given principals have one in common."""

    inherit_cache = True
    type = Boolean()
    name = "meets"

    def __init__(self, column: Any, principals: Iterable[str] | BindParameter[Any]) -> None:
        if not isinstance(principals, BindParameter):
            principals = bindparam(None, sorted(principals), type_=_Principals(), unique=True)
        super().__init__(column, principals)


_ASKER = bindparam("asker", type_=_Principals())


def meets_asker(column: Any) -> meets:
    """The same with the principals given as the parameter ``asker`` when the statement is run."""
    return meets(column, _ASKER)


@compiles(meets)
def _meets_json(element: meets, compiler: SQLCompiler, **options: Any) -> str:
    column, principals = (compiler.process(clause, **options) for clause in element.clauses)
    wanted = f"SELECT value FROM json_each({principals})"  # noqa: S608 (a compiled clause; values are bound)
    return f"EXISTS (SELECT 1 FROM json_each({column}) AS audience WHERE audience.value IN ({wanted}))"  # noqa: S608


@compiles(meets, "postgresql")
def _meets_array(element: meets, compiler: SQLCompiler, **options: Any) -> str:
    column, principals = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} ?| {principals})"
