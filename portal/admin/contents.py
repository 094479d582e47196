"""What a plugin brings, by name: what a switch lets appear or vanish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.routing import Rule

from portal.jobs.queue import EXTENSION as JOBS
from portal.permissions.actor import ADMIN_ROLE, Actor
from portal.permissions.services.roles import list_roles
from portal.plugin_host.host import PluginHost
from portal.plugin_host.translations import said_by

MENUS = ("portal_menu", "portal_admin_menu")
PLACES: dict[str, Any] = {"organisation": _l("Page of an organisation"), "member": _l("Page of a person")}


@dataclass(frozen=True)
class Part:
    """One kind of things that a plugin brings: how many in words, and their names."""

    text: str
    names: list[str]


def list_parts(host: PluginHost, plugin_id: str, member: Actor) -> list[Part]:
    """Everything that appears and vanishes with the plugin, as far as it loaded here."""
    with said_by(plugin_id):
        return [part for part in (*_visible(host, plugin_id, member), *_hidden(host, plugin_id)) if part.names]


def _visible(host: PluginHost, plugin_id: str, member: Actor) -> list[Part]:
    menu = [str(entry.label) for hook in MENUS for entry in _entries(host, plugin_id, hook, member)]
    cards = [str(one.title) for one in host.collected("portal_cards", plugin_id)]
    places = sorted({str(PLACES.get(one.place, one.place)) for one in host.collected("portal_slots", plugin_id)})
    kinds = [str(one.title) for one in host.collected("portal_search_types", plugin_id)]
    pages = _count_pages(plugin_id)
    return [
        Part(ngettext("%(num)s entry of the navigation", "%(num)s entries of the navigation", len(menu)), menu),
        Part(ngettext("%(num)s kind of page", "%(num)s kinds of pages", pages), [f"/{plugin_id}/…"] * bool(pages)),
        Part(ngettext("%(num)s card of the start page", "%(num)s cards of the start page", len(cards)), cards),
        Part(ngettext("A section on %(num)s kind of page", "Sections on %(num)s kinds of pages", len(places)), places),
        Part(ngettext("%(num)s kind of search hits", "%(num)s kinds of search hits", len(kinds)), kinds),
    ]


def _hidden(host: PluginHost, plugin_id: str) -> list[Part]:
    permissions = [str(one.title) for one in host.permissions.all() if one.owner == plugin_id]
    jobs = current_app.extensions[JOBS].registry.list_names(plugin_id)
    addresses = sorted({rule.rule for rule in _rules() if rule.rule.startswith(f"/api/v1/{plugin_id}/")})
    commands = [f"portal {plugin_id}"] if plugin_id in current_app.cli.commands else []
    return [
        Part(ngettext("%(num)s permission", "%(num)s permissions", len(permissions)), permissions),
        Part(ngettext("%(num)s job in the background", "%(num)s jobs in the background", len(jobs)), jobs),
        Part(ngettext("%(num)s resource of the API", "%(num)s resources of the API", len(addresses)), addresses),
        Part(_("Commands for the operator"), commands),
    ]


def list_holders(host: PluginHost, plugin_id: str) -> list[tuple[str, list[str]]]:
    """Each permission of the plugin, with the titles of the roles that hold it."""
    grants = host.now.grants or {}
    with said_by(plugin_id):
        declared = [(one.name, str(one.title)) for one in host.permissions.all() if one.owner == plugin_id]
    roles = list_roles()
    return [
        (title, [role.title for role in roles if role.name == ADMIN_ROLE or name in grants.get(role.name, ())])
        for name, title in declared
    ]


def _entries(host: PluginHost, plugin_id: str, hook: str, member: Actor) -> list[Any]:
    """Menu entries are asked of plugins in force only, so of one that is off they are not known."""
    only = [plugin_id] if host.is_effective(plugin_id) else []
    return [entry for _name, found in host.hooks.ask(hook, only=only, member=member) for entry in found]


def _rules() -> list[Rule]:
    return [rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def _count_pages(plugin_id: str) -> int:
    left_out = (f"{plugin_id}.static", f"{plugin_id}.api.")
    own = [rule.endpoint for rule in _rules() if rule.endpoint.startswith(f"{plugin_id}.")]
    return sum(not endpoint.startswith(left_out) for endpoint in own)
