"""Events and their documentation: the manifest and what the plugin gives to the portal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from plugins.events.notices import KINDS
from plugins.events.permissions import PERMISSIONS
from plugins.events.services import health, merging, personal, queries, search
from plugins.events.settings import SETTINGS
from plugins.events.views import blueprint, widgets
from portal.sdk import Plugin, hookimpl
from portal.sdk.access import PUBLIC, Actor, Permission
from portal.sdk.contributions import Card, Check, MenuEntry, NoticeKind, SearchDocument, SearchType, Slot
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting
from portal.sdk.web import PortalBlueprint

manifest = Plugin(
    id="events",
    title=_l("Events"),
    description=_l("Events with programme, pitches, results, insights, slides and photos; public and internal parts."),
    models="plugins.events.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
    static="static",
)


@hookimpl
def portal_blueprints() -> list[PortalBlueprint]:
    """The pages below ``/events/``."""
    return [blueprint]


@hookimpl
def portal_permissions() -> list[Permission]:
    """Documenting events."""
    return PERMISSIONS


@hookimpl
def portal_settings() -> list[Setting]:
    """Who sees who took part."""
    return SETTINGS


@hookimpl
def portal_jinja() -> dict[str, dict[str, object]]:
    """Words and symbols of kinds, roles and audiences; where files and pictures are."""
    return {
        "globals": {
            "events_words": widgets.WORDS,
            "events_file_url": widgets.file_address,
            "events_picture_url": widgets.picture_address,
        },
        "filters": {"events_picture": widgets.picture_of, "events_credit": widgets.credit_of},
    }


@hookimpl
def portal_menu(member: Actor) -> list[MenuEntry]:
    """The list of events, for everybody."""
    return [MenuEntry(_l("Events"), "events.event_list", icon="calendar-event", weight=20, permission="public")]


@hookimpl
def portal_cards() -> list[Card]:
    """The next events and the newest reports."""
    return [
        Card("reports", _l("New reports"), widgets.render_reports, size="large", permission=PUBLIC, weight=20),
        Card("upcoming", _l("Next events"), widgets.render_upcoming, permission=PUBLIC, weight=30),
    ]


@hookimpl
def portal_slots() -> list[Slot]:
    """On an organisation's page: its pitches and the events they were given at."""
    return [Slot("organisation", widgets.render_organisation, weight=40)]


@hookimpl
def portal_notices() -> list[NoticeKind]:
    """An event that one takes part in was published or is at another time or place."""
    return KINDS


@hookimpl
def portal_principals(member: Actor) -> set[str]:
    """One principal for each event that the member took part in."""
    return queries.list_own_principals(member)


@hookimpl
def portal_search_types() -> list[SearchType]:
    """Events, sections, pitches and files."""
    return [
        SearchType("events.event", _l("Events"), singular=_l("Event"), icon="calendar-event", facets=("year",)),
        SearchType("events.section", _l("Sections"), singular=_l("Section"), icon="list-ul", facets=("year",)),
        SearchType(
            "events.pitch", _l("Pitches"), singular=_l("Pitch"), icon="lightbulb", facets=("year", "organisation")
        ),
        SearchType(
            "events.attachment", _l("Files and photos"), singular=_l("File"), icon="file-earmark", facets=("year",)
        ),
    ]


@hookimpl
def portal_search_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """A document for each of them, with its readers."""
    return search.stream_documents(since)


@hookimpl
def portal_search_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """One statement for each type asked for."""
    return search.find_readable(member, keys)


@hookimpl
def portal_member_data(member_id: int) -> dict[str, object]:
    """Events the member took part in or contributed to."""
    return personal.collect(member_id)


@hookimpl
def portal_member_erased(member_id: int) -> int:
    """Participations stay for the count and are listed for nobody."""
    return personal.forget(member_id)


@hookimpl
def portal_members_merged(kept: int, gone: int) -> list[str]:
    """Participations, pitches and results follow."""
    return merging.merge_people(kept, gone)


@hookimpl
def portal_organisations_merged(kept: int, gone: int) -> list[str]:
    """Participations and pitches follow."""
    return merging.merge_organisations(kept, gone)


@hookimpl
def portal_health() -> list[Check]:
    """Whether audiences on rows are what the editorial office chose."""
    return health.list_checks()


@hookimpl
def portal_demo_load(scale: int) -> None:
    """The network meeting of 2023, a coming event and a draft; or invented events with reports."""
    # Read in only here: what draws the demo's slides and photos is of no use to a server.
    if scale:
        import_module("plugins.events.demo.scale").load_invented(scale)
    else:
        import_module("plugins.events.demo").load_demo()
