"""Where one is logged in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.login.devices import device_symbol, network_prefix
from portal.login.services import sessions
from portal.login.views.blueprint import blueprint
from portal.permissions.actor import MEMBER
from portal.web.access import access


@blueprint.get("/me/sessions")
@access(MEMBER)
def session_list() -> str:
    """Where one is logged in."""
    found = sorted(sessions.list_sessions(current_user), key=lambda one: one.id != current_user.session_id)
    return render_template(
        "portal/login/session_list.html", sessions=found, symbol_of=device_symbol, prefix_of=network_prefix
    )


@blueprint.post("/me/sessions/<int:session_id>/end")
@access(MEMBER, rate="form")
def session_end(session_id: int) -> ResponseReturnValue:
    """Log out one of one's own devices."""
    sessions.end_session(current_user, session_id)
    flash(_("The device is logged out."), "success")
    return redirect(url_for("login.session_list"))


@blueprint.post("/me/sessions/end-others")
@access(MEMBER, rate="form")
def session_end_others() -> ResponseReturnValue:
    """Log out every device but this one."""
    sessions.end_other_sessions(current_user)
    flash(_("All other devices are logged out."), "success")
    return redirect(url_for("login.session_list"))
