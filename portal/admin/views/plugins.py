"""Plugins: what they are, how they are, and the switch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.contents import list_holders, list_parts
from portal.admin.services import plugins
from portal.admin.services.plugins import PluginView
from portal.admin.switching import run_switch
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.permissions.actor import Actor
from portal.plugin_host.lifecycle import Lifecycle
from portal.plugin_host.navigation import the_host
from portal.plugin_host.requirements import list_dependants, list_needed
from portal.plugin_host.translations import title_of
from portal.web.access import access
from portal.web.sentences import sentence_of

BUSY_REFRESH_S = 3


@blueprint.get("/plugins")
@access("plugins.manage")
def plugin_list() -> str:
    """Every plugin with its state and health."""
    return render_template("portal/admin/plugin_list.html", plugins=plugins.list_plugins(current_user, the_host()))


@blueprint.get("/plugins/<plugin_id>")
@access("plugins.manage")
def plugin_show(plugin_id: str) -> ResponseReturnValue:
    """One plugin in detail; while it is being switched the page looks again by itself."""
    host, plugin = the_host(), _find(plugin_id)
    holders = list_holders(host, plugin_id)
    page = render_template(
        "portal/admin/plugin_show.html", plugin=plugin, parts=list_parts(host, plugin_id, current_user), holders=holders
    )
    return (page, {"Refresh": str(BUSY_REFRESH_S)}) if plugin.condition == "busy" else page


@blueprint.get("/plugins/<plugin_id>/enable")
@access("plugins.manage")
def plugin_enable(plugin_id: str) -> ResponseReturnValue:
    """What will appear when it is switched on, and what must be switched on with it."""
    host, plugin = the_host(), _find(plugin_id)
    try:
        needed = list_needed(host, plugin_id) if plugin_id in host.plugins else []
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.plugin_show", plugin_id=plugin_id))
    titles = [title_of(host, name) for name in needed]
    parts = list_parts(host, plugin_id, current_user)
    return render_template("portal/admin/plugin_enable.html", plugin=plugin, parts=parts, needed=titles)


@blueprint.post("/plugins/<plugin_id>/enable")
@access("plugins.manage", rate="form")
def plugin_enable_confirmed(plugin_id: str) -> ResponseReturnValue:
    """Switch it on for everybody, after those it needs if that was agreed to."""
    together = bool(request.form.get("together"))
    return switched(
        plugin_id,
        lambda lifecycle, member: lifecycle.enable(member, plugin_id, together),
        _("The plugin is on. It is there for everybody at once."),
    )


@blueprint.get("/plugins/<plugin_id>/disable")
@access("plugins.manage")
def plugin_disable(plugin_id: str) -> str:
    """What will vanish when it is switched off, and what is kept."""
    host, plugin = the_host(), _find(plugin_id)
    titles = [title_of(host, name) for name in list_dependants(host, plugin_id)]
    parts = list_parts(host, plugin_id, current_user)
    return render_template("portal/admin/plugin_disable.html", plugin=plugin, parts=parts, dependants=titles)


@blueprint.post("/plugins/<plugin_id>/disable")
@access("plugins.manage", rate="form")
def plugin_disable_confirmed(plugin_id: str) -> ResponseReturnValue:
    """Switch it off for everybody, after those that need it if that was agreed to."""
    together = bool(request.form.get("together"))
    return switched(
        plugin_id,
        lambda lifecycle, member: lifecycle.disable(member, plugin_id, together),
        _("The plugin is off. Its data is kept and comes back when you switch it on."),
    )


@blueprint.post("/plugins/<plugin_id>/upgrade")
@access("plugins.manage", rate="form")
def plugin_upgrade(plugin_id: str) -> ResponseReturnValue:
    """Bring its tables to what its code needs."""
    done = _("The plugin's tables are up to date.")
    return switched(plugin_id, lambda lifecycle, member: lifecycle.upgrade(member, plugin_id), done)


@blueprint.post("/plugins/<plugin_id>/retry")
@access("plugins.manage", rate="form")
def plugin_retry(plugin_id: str) -> ResponseReturnValue:
    """Do once more what failed; deleting is agreed to anew."""
    if _find(plugin_id).action == "purging":
        return redirect(url_for("admin.plugin_purge", plugin_id=plugin_id))
    done = _("This time it worked.")
    return switched(plugin_id, lambda lifecycle, member: lifecycle.retry(member, plugin_id), done)


def switched(plugin_id: str, work: Callable[[Lifecycle, Actor], Any], done: str) -> ResponseReturnValue:
    """Run a switch and say how it went, on the plugin's page."""
    try:
        if run_switch(work):
            flash(done, "success")
        else:
            flash(_("This takes a while. It goes on, and this page says how far it is."), "info")
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "danger")
    return redirect(url_for("admin.plugin_show", plugin_id=plugin_id))


def _find(plugin_id: str) -> PluginView:
    return plugins.get_plugin(current_user, the_host(), plugin_id)
