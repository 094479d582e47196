"""The initiatives plugin: manifest and hooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from plugins.initiatives.api import api
from plugins.initiatives.notices import KINDS
from plugins.initiatives.permissions import PERMISSIONS
from plugins.initiatives.services import documents, following, health, joining, personal
from plugins.initiatives.settings import SETTINGS
from plugins.initiatives.views import blueprint, fragments
from portal.sdk import Plugin, hookimpl
from portal.sdk.access import PUBLIC, Actor, Permission
from portal.sdk.api import ApiBlueprint
from portal.sdk.contributions import Card, Check, MenuEntry, NoticeKind, SearchDocument, SearchType, Slot
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting
from portal.sdk.web import PortalBlueprint

manifest = Plugin(
    id="initiatives",
    title=_l("Initiatives"),
    description=_l(
        "Profiles of the network's initiatives, kept true by their own people: directory, map and versions."
    ),
    models="plugins.initiatives.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
    static="static",
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
    return SETTINGS


@hookimpl
def portal_menu(member: Actor) -> list[MenuEntry]:
    return [MenuEntry(_l("Initiatives"), "initiatives.directory", icon="buildings", weight=30, permission=PUBLIC)]


@hookimpl
def portal_cards() -> list[Card]:
    return [
        Card("own", _l("My initiative"), fragments.render_own, size="medium", weight=20),
        Card("newest", _l("New in the network"), fragments.render_newest, size="medium", permission=PUBLIC, weight=40),
    ]


@hookimpl
def portal_slots() -> list[Slot]:
    return [
        Slot("organisation", fragments.render_organisation, weight=10),
        Slot("member", fragments.render_person, weight=10),
    ]


@hookimpl
def portal_notices() -> list[NoticeKind]:
    """Somebody else changed the profile of one's initiative."""
    return KINDS


@hookimpl
def portal_search_types() -> list[SearchType]:
    return [
        SearchType(
            "initiatives.profile",
            _l("Initiatives"),
            singular=_l("Initiative"),
            icon="buildings",
            facets=("land", "organisation"),
        )
    ]


@hookimpl
def portal_search_documents(since: datetime | None) -> Iterator[SearchDocument]:
    return documents.list_documents(since)


@hookimpl
def portal_search_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return documents.list_readable(member, keys)


@hookimpl
def portal_object_saved(type: str, id: str, actor_id: int | None) -> None:
    following.follow_organisation(type, id, actor_id)


@hookimpl
def portal_member_data(member_id: int) -> dict[str, object]:
    """The profiles and versions that the member wrote, and those that give their own address or number."""
    return personal.collect(member_id)


@hookimpl
def portal_member_erased(member_id: int) -> int:
    """Their own address and number leave profiles and versions, which stay under the name of nobody."""
    return personal.forget(member_id)


@hookimpl
def portal_organisations_merged(kept: int, gone: int) -> list[str]:
    """The profile follows; where both have one, the other becomes an earlier version."""
    return joining.join_organisations(kept, gone)


@hookimpl
def portal_organisation_archived(organisation_id: int, actor_id: int | None) -> None:
    following.hide_profile(organisation_id, actor_id)


@hookimpl
def portal_organisation_restored(organisation_id: int, actor_id: int | None) -> None:
    following.show_profile(organisation_id, actor_id)


@hookimpl
def portal_health() -> list[Check]:
    return health.list_checks()


@hookimpl
def portal_demo_load(scale: int) -> None:
    # Read in only here: what fills a demo is of no use to a server.
    if scale:
        import_module("plugins.initiatives.demo.scale").load_invented()
    else:
        import_module("plugins.initiatives.demo").load_profiles()
