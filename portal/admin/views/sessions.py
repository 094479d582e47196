"""Where a member is logged in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.services import sessions
from portal.admin.views.blueprint import blueprint
from portal.members.services.queries import get_member
from portal.web.access import access
from portal.web.paging import read_number


@blueprint.get("/members/<int:member_id>/sessions")
@access("members.disable")
def member_sessions(member_id: int) -> str:
    """Somebody's devices that are logged in."""
    person = get_member(current_user, member_id)
    found = sessions.list_sessions_of(current_user, member_id)
    return render_template("portal/admin/member_sessions.html", person=person, sessions=found)


@blueprint.post("/members/<int:member_id>/sessions")
@access("members.disable", rate="form")
def member_sessions_end(member_id: int) -> ResponseReturnValue:
    """Log somebody out, on one device or on all."""
    person = sessions.end_sessions_of(current_user, member_id, read_number(request.form.get("session")))
    flash(_("%(name)s is logged out there.", name=person.name), "success")
    return redirect(url_for("admin.member_sessions", member_id=member_id))
