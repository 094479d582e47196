"""One action for many members."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.admin.services import bulk
from portal.admin.views.blueprint import blueprint
from portal.errors import Forbidden, Invalid
from portal.permissions.services.roles import list_roles
from portal.web.access import access
from portal.web.paging import read_number
from portal.web.sentences import sentence_of


@blueprint.post("/members/bulk")
@access("members.list_all", rate="form", confirmed=True)
def member_bulk() -> ResponseReturnValue:
    """What an action would do to the chosen members; nothing is changed yet."""
    action, role = request.form.get("action", ""), request.form.get("role", "")
    try:
        outcomes = bulk.preview_bulk(current_user, action, _ids(), role)
    except Invalid as error:
        return _back(error)
    refused = [(one, sentence_of(one.refusal)) for one in outcomes if one.refusal]
    return render_template(
        "portal/admin/member_bulk.html",
        action=action,
        role=role,
        role_title=next((one.title for one in list_roles() if one.name == role), ""),
        accepted=[one for one in outcomes if not one.refusal],
        refused=refused,
    )


@blueprint.post("/members/bulk/apply")
@access("members.list_all", rate="form", confirmed=True)
def member_bulk_apply() -> ResponseReturnValue:
    """Do it to all of them, or to none."""
    try:
        count = bulk.apply_bulk(current_user, request.form.get("action", ""), _ids(), request.form.get("role", ""))
    except (Invalid, Forbidden) as error:
        return _back(error)
    flash(ngettext("Done for %(num)s member.", "Done for %(num)s members.", count), "success")
    return redirect(url_for("admin.member_list"))


def _ids() -> list[int]:
    numbers = (read_number(text) for text in request.form.getlist("id")[: bulk.MOST + 1])
    return [number for number in numbers if number]


def _back(error: Invalid | Forbidden) -> ResponseReturnValue:
    flash(_("Nothing was changed. %(reason)s", reason=sentence_of(error)), "danger")
    return redirect(url_for("admin.member_list"))
