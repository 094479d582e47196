"""What a plugin says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from portal.config import PLUGIN_GROUP

ENTRY_POINTS = PLUGIN_GROUP
API = (1, 0)
RESERVED_WORDS = """
portal admin api login logout me members organisations topics files static healthz readyz metrics invitation
preferences health web dashboard all none alembic core plugin plugins role roles audit system jobs mail mails settings
serve worker upgrade demo member organisation routes config doctor backup restore privacy notices invitations access
"""
RESERVED = frozenset(RESERVED_WORDS.split())
_ID = re.compile(r"[a-z][a-z0-9]{1,23}")


@dataclass(frozen=True)
class Plugin:
    """The manifest. Version, licence and home page come from the distribution.

    ``title`` and ``description`` are lazy-translated; ``portal`` is a range of SDK versions; ``requires`` maps plugin
    ids to version ranges; ``after`` names plugins that come first if they are there; ``models`` is a module name;
    ``migrations``, ``translations``, ``templates`` and ``static`` are folders beside the plugin's module."""

    id: str
    title: Any
    description: Any
    portal: str = ">=1,<2"
    requires: dict[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    models: str | None = None
    migrations: str | None = None
    translations: str | None = None
    templates: str | None = None
    static: str | None = None


class PluginError(Exception):
    """A plugin breaks a rule of the host; the text says which."""


def check_id(plugin_id: str) -> None:
    """Raises PluginError unless ``plugin_id`` is 2–24 small letters and digits and no reserved word."""
    if not _ID.fullmatch(plugin_id):
        raise PluginError(f"the id {plugin_id!r} must be 2–24 small letters and digits, a letter first")
    if plugin_id in RESERVED:
        raise PluginError(f"the id {plugin_id!r} is a reserved word")
