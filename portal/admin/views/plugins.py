"""Plugins: what they are, how they are, and the switch."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.services import plugins
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.permissions.actor import Actor
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.get("/plugins")
@access("plugins.manage")
def plugin_list() -> str:
    """Every plugin with its state and health."""
    return render_template("portal/admin/plugin_list.html", plugins=plugins.list_plugins(current_user, the_host()))


@blueprint.get("/plugins/<plugin_id>")
@access("plugins.manage")
def plugin_show(plugin_id: str) -> str:
    """One plugin in detail."""
    plugin = plugins.get_plugin(current_user, the_host(), plugin_id)
    return render_template("portal/admin/plugin_show.html", plugin=plugin, contents=_contents(plugin_id))


@blueprint.post("/plugins/<plugin_id>/enable")
@access("plugins.manage", rate="form")
def plugin_enable(plugin_id: str) -> ResponseReturnValue:
    """Switch it on for everybody."""
    try:
        Lifecycle(the_host()).enable(_actor(), plugin_id)
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.plugin_show", plugin_id=plugin_id))
    flash(_("The plugin is on. It is there for everybody at once."), "success")
    return redirect(url_for("admin.plugin_list"))


@blueprint.get("/plugins/<plugin_id>/disable")
@access("plugins.manage")
def plugin_disable(plugin_id: str) -> str:
    """What will vanish when it is switched off, and what is kept."""
    host = the_host()
    plugin = plugins.get_plugin(current_user, host, plugin_id)
    dependants = plugins.list_dependants(host, plugin_id)
    titles = [plugins.get_plugin(current_user, host, name).title for name in dependants]
    return render_template(
        "portal/admin/plugin_disable.html", plugin=plugin, contents=_contents(plugin_id), dependants=titles
    )


@blueprint.post("/plugins/<plugin_id>/disable")
@access("plugins.manage", rate="form")
def plugin_disable_confirmed(plugin_id: str) -> ResponseReturnValue:
    """Switch it off for everybody, after those that need it if that was agreed to."""
    host, lifecycle = the_host(), Lifecycle(the_host())
    first = plugins.list_dependants(host, plugin_id) if request.form.get("together") else []
    try:
        for name in [*first, plugin_id]:
            lifecycle.disable(_actor(), name)
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.plugin_show", plugin_id=plugin_id))
    flash(_("The plugin is off. Its data is kept and comes back when you switch it on."), "success")
    return redirect(url_for("admin.plugin_list"))


def _actor() -> Actor:
    """The member themselves, not the proxy: the switch outlives several transactions."""
    actor: Actor = current_user._get_current_object()  # type: ignore[attr-defined]
    return actor


def _contents(plugin_id: str) -> dict[str, int]:
    """What the plugin brings, counted: pages, cards, sections on other pages, kinds of hits, permissions."""
    host = the_host()
    given = {
        hook: len(next((found for name, found in host.contributions(hook) if name == plugin_id), ()))
        for hook in ("portal_cards", "portal_slots", "portal_search_types")
    }
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.endpoint.startswith(f"{plugin_id}.")]
    return {
        "menu": sum(_count_entries(plugin_id, hook) for hook in ("portal_menu", "portal_admin_menu")),
        "pages": sum("GET" in (rule.methods or ()) for rule in rules),
        "cards": given["portal_cards"],
        "slots": given["portal_slots"],
        "search_types": given["portal_search_types"],
        "permissions": sum(one.owner == plugin_id for one in host.permissions.all()),
    }


def _count_entries(plugin_id: str, hook: str) -> int:
    host = the_host()
    if not host.is_effective(plugin_id):
        return 0
    return sum(len(entries) for _name, entries in host.hooks.ask(hook, only=[plugin_id], member=_actor()))
