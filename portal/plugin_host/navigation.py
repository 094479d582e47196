"""What pages show of plugins: menu, cards, slots and links, of those in force only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.routing import BuildError

from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.plugin_host.contributions import Card, MenuEntry, Slot
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.plugin_host.translations import title_of

CORE_MENU: list[MenuEntry] = []
CORE_ADMIN_MENU: list[MenuEntry] = []


@dataclass(frozen=True)
class Link:
    """A menu entry as the template shows it."""

    label: Any
    url: str
    icon: str
    active: bool
    section: str


@dataclass(frozen=True)
class ShownCard:
    """A rendered card; ``failed`` names the plugin to admins when its card broke."""

    name: str
    title: Any
    size: str
    html: Markup
    failed: str = ""


def the_host() -> PluginHost:
    """The plugin host of the present application."""
    host: PluginHost = current_app.extensions[EXTENSION]
    return host


def navigation() -> list[Link]:
    """The main navigation for the reader."""
    return _links(CORE_MENU, "portal_menu")


def admin_navigation() -> list[Link]:
    """The administration's navigation for the reader; empty for those who may nothing there."""
    return _links(CORE_ADMIN_MENU, "portal_admin_menu")


def _links(core: Iterable[MenuEntry], hook: str) -> list[Link]:
    cache = g.setdefault("navigation", {})
    if hook not in cache:
        member = current_user._get_current_object()  # type: ignore[attr-defined]
        entries = [*core, *(entry for _, found in the_host().hooks.ask(hook, member=member) for entry in found)]
        allowed = [entry for entry in entries if may_see(member, entry.permission)]
        links = [_link(entry) for entry in sorted(allowed, key=lambda entry: (entry.weight, str(entry.label)))]
        cache[hook] = [link for link in links if link]
    return cache[hook]


def may_see(member: Actor, permission: str) -> bool:
    """Whether an entry or card with this permission is for the member."""
    return permission == PUBLIC or (member.is_authenticated and (permission == MEMBER or member.can(permission)))


def _link(entry: MenuEntry) -> Link | None:
    url = plugin_url(entry.endpoint)
    if url is None:
        return None
    is_here = request.path == url or (url.count("/") > 1 and request.path.startswith(url))
    return Link(entry.label, url, entry.icon, is_here, entry.section)


def plugin_url(endpoint: str, **values: Any) -> str | None:
    """The address of an endpoint, or None while its plugin is off or unknown."""
    if not the_host().owns_now(endpoint.split(".", 1)[0]):
        return None
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def plugin_is_on(plugin_id: str) -> bool:
    """Whether the plugin is in force, for ``{% if plugin('search') %}``."""
    return the_host().is_effective(plugin_id)


def cards(member: Actor) -> list[ShownCard]:
    """The dashboard's cards for the member, rendered; empty ones are left out, broken ones shown to admins only."""
    host = the_host()
    found = [(plugin, card) for plugin, given in host.contributions("portal_cards") for card in given]
    wanted = [pair for pair in found if host.is_effective(pair[0]) and may_see(member, pair[1].permission)]
    shown = [_show(host, member, plugin, card) for plugin, card in sorted(wanted, key=lambda pair: pair[1].weight)]
    return [card for card in shown if card]


def _show(host: PluginHost, member: Actor, plugin: str, card: Card) -> ShownCard | None:
    html = host.hooks.guard(plugin, f"card:{card.name}", lambda: card.render(member))
    if html is None and member.can("plugins.manage"):
        return ShownCard(card.name, card.title, card.size, Markup(), failed=plugin)
    return ShownCard(card.name, card.title, card.size, Markup(html)) if html else None  # noqa: S704 (as slots)


def slot(place: str, thing: Any = None) -> Markup:
    """The plugins' sections for a place on a page of the core, rendered one after the other."""
    host, member = the_host(), current_user._get_current_object()  # type: ignore[attr-defined]
    found = [
        (plugin, one) for plugin, given in host.contributions("portal_slots") for one in given if one.place == place
    ]
    ordered = sorted(found, key=lambda pair: pair[1].weight)
    parts = [_section(host, plugin, one, member, thing) for plugin, one in ordered if host.is_effective(plugin)]
    return Markup("\n".join(str(part) for part in parts if part))  # noqa: S704 (rendered by templates)


def _section(host: PluginHost, plugin: str, one: Slot, member: Actor, thing: Any) -> str | None:
    """A plugin's section; where it broke, nothing for members and a word for admins."""
    html = host.hooks.guard(plugin, f"slot:{one.place}", lambda: one.render(member, thing))
    if html is None and member.can("plugins.manage"):
        return render_template("portal/_partials/broken_section.html", plugin_id=plugin)
    return html


def resting_plugins() -> list[tuple[str, str]]:
    """For those who manage plugins: (title, id) of those of which this process skips something just now."""
    if not current_user.can("plugins.manage"):
        return []
    host = the_host()
    return [(title_of(host, one), one) for one in sorted({one for one, _hook in host.hooks.breaker.resting()})]


def configure_navigation(app: Flask) -> None:
    """Make the functions known to the templates."""
    app.jinja_env.globals.update(
        navigation=navigation,
        admin_navigation=admin_navigation,
        plugin_url=plugin_url,
        plugin=plugin_is_on,
        plugin_title=lambda plugin_id: title_of(the_host(), plugin_id),
        resting_plugins=resting_plugins,
        cards=cards,
        slot=slot,
    )
