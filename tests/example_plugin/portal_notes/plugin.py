"""Every hook of the plugin, and nothing else."""

from __future__ import annotations

from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Permission
from portal.sdk.contributions import Card, Job, MenuEntry, SearchType, Slot
from portal.sdk.i18n import lazy_gettext as _l
from portal_notes.services import notes
from portal_notes.views import blueprint

manifest = Plugin(
    id="notes",
    title=_l("Notes"),
    description=_l("Short notes for all members."),
    models="portal_notes.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
)
told: list[tuple[str, str]] = []


@hookimpl
def portal_blueprints():
    return [blueprint]


@hookimpl
def portal_permissions():
    return [Permission("notes.write", _l("Write notes"), ("editorial",))]


@hookimpl
def portal_menu(member):
    return [MenuEntry(_l("Notes"), "notes.note_list", icon="sticky", weight=90)]


@hookimpl
def portal_cards():
    return [Card("notes", _l("Notes"), lambda member: f"<p>{len(notes.list_notes(member))} Notizen</p>", "small")]


@hookimpl
def portal_slots():
    return [Slot("organisation", lambda member, organisation: "<p>Ein Zettel</p>")]


@hookimpl
def portal_search_types():
    return [SearchType("notes.note", _l("Notes"))]


@hookimpl
def portal_search_documents(since):
    return notes.list_documents(since)


@hookimpl
def portal_search_readable(member, keys):
    return notes.find_readable(member, keys)


@hookimpl
def portal_jobs():
    return [Job("notes.count", lambda: told.append(("counted", "")))]


@hookimpl
def portal_object_saved(type, id, actor_id):
    told.append((type, id))
