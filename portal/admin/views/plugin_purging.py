"""Deleting a plugin's data, after a look at how much that is and a copy of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import PurgeForm
from portal.admin.services import leaving, plugins
from portal.admin.views.blueprint import blueprint
from portal.admin.views.plugins import switched
from portal.errors import Invalid
from portal.plugin_host.navigation import the_host
from portal.web.access import access


@blueprint.get("/plugins/<plugin_id>/purge")
@access("plugins.manage", confirmed=True)
def plugin_purge(plugin_id: str) -> str:
    """How much would be deleted."""
    return _page(plugin_id, PurgeForm())


@blueprint.post("/plugins/<plugin_id>/purge")
@access("plugins.manage", rate="form", confirmed=True)
def plugin_purge_confirmed(plugin_id: str) -> ResponseReturnValue:
    """Delete all of it, if the plugin's identity was typed."""
    form = PurgeForm()
    typed = (form.typed.data or "").strip()
    if not form.validate_on_submit() or typed != plugin_id:
        if not form.errors:
            form.add_error(Invalid("Type the plugin's identity exactly as it stands here.", field="typed"))
        return _page(plugin_id, form), 400
    done = _("All data of the plugin is deleted. What the audit log says of it stays.")
    return switched(plugin_id, lambda lifecycle, member: lifecycle.purge(member, plugin_id, typed), done)


@blueprint.post("/plugins/<plugin_id>/export")
@access("plugins.export", rate="upload", confirmed=True)
def plugin_export(plugin_id: str) -> Response:
    """Everything that purging would delete of tables and files, as a ZIP."""
    with tempfile.NamedTemporaryFile(prefix="portal-export-", suffix=".zip", delete=False) as draft:
        path = Path(draft.name)
    try:
        leaving.export_plugin(current_user, the_host(), plugin_id, path)
        answer = send_file(path, "application/zip", as_attachment=True, download_name=f"{plugin_id}.zip", max_age=0)
    finally:
        path.unlink()  # whoever reads it has it open
    return answer


def _page(plugin_id: str, form: PurgeForm) -> str:
    plugin = plugins.get_plugin(current_user, the_host(), plugin_id)
    losses = leaving.count_losses(current_user, plugin_id)
    return render_template("portal/admin/plugin_purge.html", plugin=plugin, losses=losses, form=form)
