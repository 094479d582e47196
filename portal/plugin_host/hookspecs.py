"""The hooks: keyword arguments only, ``portal_<noun>`` for contributions, ``…_<past participle>`` for news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
import pluggy

from portal.jobs.registry import Job
from portal.permissions.actor import Actor
from portal.permissions.registry import Permission
from portal.plugin_host.blueprint import ApiBlueprint, PortalBlueprint
from portal.plugin_host.contributions import Card, Check, MenuEntry, NoticeKind, SearchDocument, SearchType, Slot
from portal.plugin_host.declarations import Setting

PROJECT = "portal"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# --- asked once a process, at start, without database or request ---


@hookspec
def portal_blueprints() -> list[PortalBlueprint]:
    """The plugin's blueprints; the first is named as its id and serves ``/<id>/…``."""
    raise NotImplementedError


@hookspec
def portal_api() -> list[ApiBlueprint]:
    """Resources of the HTTP API below ``/api/v1/<id>/``, described at ``/api/docs`` while the plugin is on."""
    raise NotImplementedError


@hookspec
def portal_permissions() -> list[Permission]:
    """The permissions that the plugin declares, each named ``<id>.<verb>``."""
    raise NotImplementedError


@hookspec
def portal_settings() -> list[Setting]:
    """What admins may set for the plugin: they get a form made of it, the plugin reads values with ``setting()``."""
    raise NotImplementedError


@hookspec
def portal_jinja() -> dict[str, dict[str, Any]]:
    """Template ``filters``, ``tests`` and ``globals``, each name beginning with ``<id>_``."""
    raise NotImplementedError


@hookspec
def portal_search_types() -> list[SearchType]:
    """The kinds of search documents that the plugin gives."""
    raise NotImplementedError


@hookspec
def portal_cards() -> list[Card]:
    """Cards of the dashboard."""
    raise NotImplementedError


@hookspec
def portal_slots() -> list[Slot]:
    """Sections on pages of the core."""
    raise NotImplementedError


@hookspec
def portal_notices() -> list[NoticeKind]:
    """The kinds of notice that the plugin sends with ``portal.sdk.notices.notify``, each named ``<id>.<thing>``.

    They are hidden, not lost, while the plugin is off."""
    raise NotImplementedError


@hookspec
def portal_jobs() -> list[Job]:
    """Jobs, each named ``<id>.<verb>``; they rest while the plugin is off."""
    raise NotImplementedError


@hookspec
def portal_cli() -> click.Group:
    """Commands, reached as ``portal <id> …``."""
    raise NotImplementedError


@hookspec
def portal_demo_load(scale: int) -> None:
    """Put the plugin's part of the demo network into a fresh database; called in order, in one unit of work.

    ``scale``: 0 for the demo network itself, else how many organisations there are and how many invented things of each
    kind to make for measurements."""
    raise NotImplementedError


# --- asked while running, of effective plugins only ---


@hookspec
def portal_menu(member: Actor) -> list[MenuEntry]:
    """Entries of the main navigation."""
    raise NotImplementedError


@hookspec
def portal_admin_menu(member: Actor) -> list[MenuEntry]:
    """Entries of the administration's navigation."""
    raise NotImplementedError


@hookspec
def portal_principals(member: Actor) -> set[str]:
    """Principals that the plugin adds to what the member carries, each beginning with ``<id>:``."""
    raise NotImplementedError


@hookspec
def portal_search_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Every search document changed at or after ``since``, all for None."""
    raise NotImplementedError


@hookspec
def portal_search_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (type, id) the member may read now; asked in one batch of up to a few thousand for each search."""
    raise NotImplementedError


@hookspec
def portal_health() -> list[Check]:
    """How the plugin is."""
    raise NotImplementedError


@hookspec
def portal_member_data(member_id: int) -> dict[str, Any]:
    """What the plugin knows of a member, as plain values, for the file that members may ask for."""
    raise NotImplementedError


@hookspec
def portal_member_erased(member_id: int) -> int:
    """Take away what is personal about a member who is being erased, within the unit of work; gives how many rows.

    The member's row stays without name and address, so that contributions keep an author."""
    raise NotImplementedError


@hookspec
def portal_members_merged(kept: int, gone: int) -> list[str]:
    """Let every row about the person ``gone`` be about ``kept``, in this unit of work; ``gone`` is deleted after.

    Where both have a row and only one may stay, that of ``kept`` stays. The answer says what moved, a sentence each, in
    the reader's language. It is asked for a preview too, which is rolled back: do nothing but write rows."""
    raise NotImplementedError


@hookspec
def portal_organisations_merged(kept: int, gone: int) -> list[str]:
    """Let every row about the organisation ``gone`` be about ``kept``, in this unit of work; ``gone`` is deleted after.

    That includes audiences that name it (``organisation:<id>``, ``organisation:<id>:editor``) and versions that are
    kept. Where both have a row and only one may stay, that of ``kept`` stays. The answer says what moved, a sentence
    each, in the reader's language. It is asked for a preview too, which is rolled back with the news it announced."""
    raise NotImplementedError


# --- told after the commit, each in a unit of work of its own ---


@hookspec
def portal_object_saved(type: str, id: str, actor_id: int | None) -> None:
    """A thing was made or changed."""


@hookspec
def portal_object_deleted(type: str, id: str, actor_id: int | None) -> None:
    """A thing is gone."""


@hookspec
def portal_organisation_archived(organisation_id: int, actor_id: int | None) -> None:
    """An organisation is archived: out of lists, choices and the search; where it is referenced it stays readable.

    Queries ask ``Organisation.archived_at`` and services ``check_open`` before a change; this hook is for what is kept
    elsewhere, such as an index."""


@hookspec
def portal_organisation_restored(organisation_id: int, actor_id: int | None) -> None:
    """An archived organisation is back."""


@hookspec
def portal_plugin_purged(plugin_id: str) -> None:
    """Another plugin is gone with all its data: let go of what is kept about it."""


# --- called for the one plugin that is switched, in the process where that happens ---


@hookspec
def portal_plugin_installed() -> None:
    """The plugin's tables were made for the first time. Raising fails the switch, with the reason shown."""


@hookspec
def portal_plugin_enabling() -> None:
    """The plugin is about to be switched on. Raise ``Refuse(reason)`` to stay off, unchanged."""


@hookspec
def portal_plugin_disabled() -> None:
    """The plugin was switched off, for everybody; it keeps its data."""


@hookspec
def portal_plugin_upgraded(from_version: str) -> None:
    """The plugin's tables were brought to this version's, from those of ``from_version``."""


@hookspec
def portal_plugin_purging() -> None:
    """The plugin's data is about to be deleted: let go of what is outside of the portal. Raising stops nothing."""
