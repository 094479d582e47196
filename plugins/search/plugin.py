"""Every hook of the plugin, and nothing else."""

from __future__ import annotations

import click

from plugins.search.administration import MANAGE
from plugins.search.cli import search
from plugins.search.jobs import JOBS
from plugins.search.services import changes
from plugins.search.services.forgetting import forget_plugin, forget_texts
from plugins.search.services.health import check_index
from plugins.search.services.the_index import find_index
from plugins.search.settings import SETTINGS
from plugins.search.views import blueprint
from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Actor
from portal.sdk.contributions import Check, Job, MenuEntry
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.i18n import lazy_pgettext
from portal.sdk.jobs import enqueue
from portal.sdk.settings import Setting
from portal.sdk.web import PortalBlueprint

manifest = Plugin(
    id="search",
    title=lazy_pgettext("search", "Search"),
    description=_l("One field that finds events, pitches, slides and profiles: in German, and only what you may read."),
    models="plugins.search.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
)


@hookimpl
def portal_blueprints() -> list[PortalBlueprint]:
    return [blueprint]


@hookimpl
def portal_admin_menu(member: Actor) -> list[MenuEntry]:
    return [MenuEntry(_l("Search index"), "search.index_show", icon="search", weight=60, permission=MANAGE)]


@hookimpl
def portal_settings() -> list[Setting]:
    return SETTINGS


@hookimpl
def portal_jobs() -> list[Job]:
    return JOBS


@hookimpl
def portal_cli() -> click.Group:
    return search


@hookimpl
def portal_demo_load() -> None:
    enqueue("search.rebuild")


@hookimpl
def portal_object_saved(type: str, id: str) -> None:
    if changes.note_change(type, id, is_deleted=False):
        enqueue("search.index")


@hookimpl
def portal_object_deleted(type: str, id: str) -> None:
    if changes.note_change(type, id, is_deleted=True):
        enqueue("search.index")


@hookimpl
def portal_member_erased(member_id: int) -> int:
    """The index may hold the name in files that Whoosh writes over only later: it is made anew."""
    forget_texts()
    return 0


@hookimpl
def portal_plugin_purged(plugin_id: str) -> None:
    """No word of it stays in the index."""
    forget_plugin(plugin_id)


@hookimpl
def portal_health() -> list[Check]:
    return [check_index(find_index())]
