"""Hostile text in every column that holds text, of the core and of every plugin, found by reflection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, Table, Text, inspect, select, update

from plugins.events.models import Base as EventsBase
from plugins.initiatives.models import Base as InitiativesBase
from plugins.search.models import Base as SearchBase
from portal.database import AudienceType, Base, unit_of_work
from portal.extensions import db

TAG = "xss-canary"
SCRIPT = "xss_canary()"
METADATA = [base.metadata for base in (Base, EventsBase, InitiativesBase, SearchBase)]

# Texts that nobody types: keys, hashes, states and other words of the program. A new column is hostile by itself.
PROGRAM_TABLES = frozenset(
    {"login_throttle", "portal_plugin", "portal_plugin_epoch", "portal_plugin_node", "role_grant"}
)
PROGRAM_COLUMNS = frozenset(
    {
        *("code_hash", "credential_id", "secret", "outcome"),
        *("token_hash", "purpose", "password_hash", "storage_key", "sha256", "media_type", "owner_plugin", "key"),
        *("subject_type", "subject_id", "text_state", "text_reason", "thumbnail_state", "state", "kind"),
        *("audience_choice", "reach", "contact_reach", "locale", "timezone", "language", "land", "type", "thing_id"),
        *("slug", "plugin_id", "node", "action", "postcode", "role", "permission", "waits"),
    }
)
ROLE_NAME = ("role", "name")


@dataclass(frozen=True)
class Poison:
    """One kind of hostile text: ``short`` for lines, ``long`` for texts that are rendered as Markdown."""

    name: str
    short: str
    long: str


BREAKING = f"""'"></textarea></title></script><{TAG} onmouseover={SCRIPT}>"""
POISONS = (
    Poison("tag", BREAKING, f"{BREAKING}\n\n# {BREAKING}\n\n- <img src=x onerror={SCRIPT}>\n\n`{BREAKING}`"),
    Poison(
        "address",
        f"javascript:{SCRIPT}//",
        f"[a](javascript:{SCRIPT}) [b](JaVaScRiPt:{SCRIPT}) [c](data:text/html,<script>{SCRIPT}</script>)\n\n"
        f'![d](x"onerror="{SCRIPT}) <javascript:{SCRIPT}> [e]: javascript:{SCRIPT}\n\n[e] [f](vbscript:{SCRIPT})\n\n'
        f'[g](https://portal.example/"onclick="{SCRIPT}) <a href="javascript:{SCRIPT}">h</a>',
    ),
    Poison("quote", f"x' autofocus onfocus='{SCRIPT}' y=\"", f"' onfocus='{SCRIPT}' <svg/onload={SCRIPT}>"),
)


def list_targets() -> list[tuple[Table, Column[Any]]]:
    """Every column that holds what somebody wrote."""
    return [
        (table, column)
        for metadata in METADATA
        for table in metadata.sorted_tables
        if table.name not in PROGRAM_TABLES
        for column in table.columns
        if _is_written(table, column)
    ]


def _is_written(table: Table, column: Column[Any]) -> bool:
    if column.name in PROGRAM_COLUMNS or (table.name, column.name) == ROLE_NAME or column.primary_key:
        return False
    return isinstance(column.type, String | JSON) and not isinstance(column.type, AudienceType)


def poison_everything(poison: Poison) -> int:
    """Write the hostile text into every target of every row; gives how many values that were."""
    written = 0
    with unit_of_work():
        for table, column in list_targets():
            keys = list(inspect(table).primary_key)
            for number, row in enumerate(db.session.execute(select(*keys, column)).all()):
                value = _hostile(poison, column, row[-1], number)
                found = [key == part for key, part in zip(keys, row[:-1], strict=True)]
                db.session.execute(update(table).where(*found).values({column: value}))
                written += 1
    return written


def _hostile(poison: Poison, column: Column[Any], old: Any, number: int) -> Any:
    if isinstance(column.type, JSON):
        return _in_json(poison, old)
    text = poison.long if isinstance(column.type, Text) else poison.short
    suffix = str(number) if column.unique else ""
    return text[: (column.type.length or 10_000) - len(suffix)] + suffix  # type: ignore[attr-defined]


def _in_json(poison: Poison, old: Any) -> Any:
    if isinstance(old, dict):
        return {name: _in_json(poison, value) for name, value in old.items()}
    if isinstance(old, list):
        return [poison.short]
    return poison.short if isinstance(old, str) else old
