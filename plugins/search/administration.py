"""The index for admins: how it is, and the button that makes it anew."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from plugins.search.index import IndexState
from plugins.search.services.changes import count_changes
from plugins.search.services.the_index import find_index
from plugins.search.views import blueprint
from portal.sdk.access import access
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.jobs import enqueue

MANAGE = "plugins.manage"
STATES = {
    IndexState.READY: _l("It answers."),
    IndexState.MISSING: _l("It is missing: nothing was indexed yet."),
    IndexState.OUTDATED: _l("It is of an older make and must be made anew."),
    IndexState.BROKEN: _l("It is broken and must be made anew."),
}


@blueprint.get("/administration")
@access(MANAGE)
def index_show() -> str:
    """State, size and backlog of the index."""
    status = find_index().status()
    return render_template("search/index_show.html", status=status, state=STATES[status.state], changes=count_changes())


@blueprint.post("/administration/rebuild")
@access(MANAGE, rate="form")
def index_rebuild() -> ResponseReturnValue:
    """Let the job worker make the index anew; the old one answers meanwhile."""
    enqueue("search.rebuild")
    flash(_("The job worker makes the index anew. The old one answers meanwhile."), "success")
    return redirect(url_for("search.index_show"))
