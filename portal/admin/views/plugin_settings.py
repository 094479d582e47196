"""A plugin's settings: a form made of what it declares."""

from __future__ import annotations

from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.services import plugins
from portal.admin.settings_form import form_of, read_values
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid, NotFound
from portal.plugin_host.navigation import the_host
from portal.plugin_host.settings import SettingView, change_settings, get_version, list_settings
from portal.plugin_host.translations import said_by
from portal.web.access import access
from portal.web.forms import GuardedForm


@blueprint.get("/plugins/<plugin_id>/settings")
@access("plugins.manage")
def plugin_settings(plugin_id: str) -> str:
    """What can be set, with what holds now."""
    views = _views(plugin_id)
    with said_by(plugin_id):
        return _page(plugin_id, views, form_of(views, get_version(plugin_id)))


@blueprint.post("/plugins/<plugin_id>/settings")
@access("plugins.manage", rate="form")
def plugin_settings_update(plugin_id: str) -> ResponseReturnValue:
    """Set it; everybody follows within a second."""
    views = _views(plugin_id)
    with said_by(plugin_id):
        form = form_of(views, get_version(plugin_id))
        if not form.validate_on_submit():
            return _page(plugin_id, views, form), 400
        try:
            values = read_values(form, views)
            change_settings(current_user, the_host(), plugin_id, values, form.seen_version)
        except Invalid as error:
            form.add_error(error)
            return _page(plugin_id, views, form), 400
        except Conflict as conflict:
            saved = {view.setting.key: view.value for view in views if view.setting.kind != "secret"}
            form.show_conflict(conflict, SimpleNamespace(**saved, version=get_version(plugin_id)))
            return _page(plugin_id, views, form), 409
    flash(_("Saved. It holds for everybody within a second."), "success")
    return redirect(url_for("admin.plugin_settings", plugin_id=plugin_id))


def _views(plugin_id: str) -> list[SettingView]:
    views = list_settings(current_user, the_host(), plugin_id)
    if not views:
        raise NotFound
    return views


def _page(plugin_id: str, views: list[SettingView], form: GuardedForm) -> str:
    plugin = plugins.get_plugin(current_user, the_host(), plugin_id)
    return render_template("portal/admin/plugin_settings.html", plugin=plugin, views=views, form=form)
