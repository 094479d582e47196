"""The manifest, and what the plugin gives to the portal."""

from portal.sdk import Plugin, hookimpl
from portal.sdk.access import Permission
from portal.sdk.contributions import Card, MenuEntry, SearchType
from portal.sdk.i18n import lazy_gettext as _l

from portal_umfragen import services
from portal_umfragen.views import blueprint, render_card

manifest = Plugin(
    id="umfragen",
    title=_l("Polls"),
    description=_l("Ask the members, and see at once what they think."),
    models="portal_umfragen.models",
    migrations="migrations",
    translations="translations",
    templates="templates",
)


@hookimpl
def portal_blueprints():
    return [blueprint]


@hookimpl
def portal_permissions():
    return [Permission("umfragen.ask", _l("Ask in polls"), default_roles=("editorial",))]


@hookimpl
def portal_menu(member):
    return [MenuEntry(_l("Polls"), "umfragen.poll_list", icon="bar-chart", weight=60)]


@hookimpl
def portal_cards():
    return [Card("open", _l("We ask you"), render_card, size="small")]


@hookimpl
def portal_search_types():
    return [SearchType("umfragen.poll", _l("Polls"), singular=_l("Poll"), icon="bar-chart")]


@hookimpl
def portal_search_documents(since):
    return services.list_documents(since)


@hookimpl
def portal_search_readable(member, keys):
    return services.find_readable(member, keys)


@hookimpl
def portal_member_data(member_id):
    return services.collect(member_id)


@hookimpl
def portal_member_erased(member_id):
    return services.forget(member_id)
