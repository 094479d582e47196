"""The overview of administration."""

from __future__ import annotations

from flask import render_template
from flask_login import current_user

from portal.admin.views.blueprint import blueprint
from portal.errors import Forbidden
from portal.members.services.queries import count_by_state
from portal.permissions.actor import MEMBER
from portal.plugin_host.navigation import admin_navigation
from portal.web.access import access


@blueprint.get("/")
@access(MEMBER)
def admin_index() -> str:
    """The pages that the member may use, and what needs looking at. Refused to those who may use none."""
    pages = admin_navigation()
    if not pages:
        raise Forbidden
    counts = count_by_state(current_user) if current_user.can("members.list_all") else {}
    return render_template("portal/admin/admin_index.html", pages=pages, counts=counts)
