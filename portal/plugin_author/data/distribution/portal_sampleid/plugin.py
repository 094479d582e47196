"""The manifest, and what the plugin gives to the portal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Actor, Permission
from portal.sdk.api import ApiBlueprint
from portal.sdk.contributions import Card, Job, MenuEntry, SearchDocument, SearchType
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting
from portal.sdk.web import PortalBlueprint

from portal_sampleid.api import api
from portal_sampleid.permissions import PERMISSIONS
from portal_sampleid.services import entries, personal, queries
from portal_sampleid.views import blueprint, render_card

manifest = Plugin(
    id="sampleid",
    title=_l("Sampletitle"),
    description=_l("Short entries for all members."),
    portal=">=1.0,<2",
    models="portal_sampleid.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
)


@hookimpl
def portal_blueprints() -> list[PortalBlueprint]:
    return [blueprint]


@hookimpl
def portal_api() -> list[ApiBlueprint]:
    return [api]


@hookimpl
def portal_permissions() -> list[Permission]:
    return PERMISSIONS


@hookimpl
def portal_settings() -> list[Setting]:
    return [Setting("kept_days", _l("Delete entries after so many days (0: never)"), "number", 0, least=0, most=36_500)]


@hookimpl
def portal_menu(member: Actor) -> list[MenuEntry]:
    return [MenuEntry(_l("Sampletitle"), "sampleid.entry_list", icon="journal-text", weight=60)]


@hookimpl
def portal_cards() -> list[Card]:
    return [Card("newest", _l("Newest entries"), render_card, size="small")]


@hookimpl
def portal_search_types() -> list[SearchType]:
    return [SearchType("sampleid.entry", _l("Entries"), singular=_l("Entry"), icon="journal-text")]


@hookimpl
def portal_search_documents(since: datetime | None) -> Iterator[SearchDocument]:
    return queries.list_documents(since)


@hookimpl
def portal_search_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return queries.find_readable(member, keys)


@hookimpl
def portal_jobs() -> list[Job]:
    return [Job("sampleid.tidy", entries.delete_old_entries, every=24 * 3600)]


@hookimpl
def portal_member_data(member_id: int) -> dict[str, object]:
    return dict(personal.collect(member_id))


@hookimpl
def portal_member_erased(member_id: int) -> int:
    return personal.forget(member_id)
