"""The start page: the public's welcome, and the members' overview."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from portal.invitations.services.queries import count_requests
from portal.organisations.services.queries import list_own_organisations
from portal.permissions.actor import PUBLIC
from portal.web.access import access

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@access(PUBLIC)
def dashboard_show() -> str:
    """What is new for a member; a welcome for the public."""
    if not current_user.is_authenticated:
        return render_template("portal/dashboard/welcome.html")
    own = list_own_organisations(current_user)
    waiting = count_requests(current_user)
    return render_template("portal/dashboard/dashboard_show.html", organisations=own, waiting_requests=waiting)
