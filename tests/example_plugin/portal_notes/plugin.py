"""Every hook of the plugin, and nothing else."""

from __future__ import annotations

from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Permission
from portal.sdk.contributions import Card, Job, MenuEntry, SearchType, Slot
from portal.sdk.hooks import Refuse
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting
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
reasons: list[str] = []


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


@hookimpl
def portal_settings():
    return [
        Setting("greeting", _l("Greeting"), default="Guten Tag"),
        Setting("at_most", _l("Notes on a page"), "number", 20, least=1, most=100),
        Setting("token", _l("Token of the printer"), "secret"),
        Setting("pinned", _l("Pin the newest"), "switch"),
        Setting("order", _l("Order"), "choice", choices=(("new", _l("Newest first")), ("title", _l("By title")))),
    ]


@hookimpl
def portal_plugin_installed():
    told.append(("installed", ""))


@hookimpl
def portal_plugin_enabling():
    if reasons:
        raise Refuse(_("Write notes") + ": " + reasons[0])


@hookimpl
def portal_plugin_disabled():
    told.append(("disabled", ""))


@hookimpl
def portal_plugin_upgraded(from_version):
    told.append(("upgraded", from_version))


@hookimpl
def portal_plugin_purging():
    told.append(("purging", ""))
