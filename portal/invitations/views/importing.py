"""Inviting a list: uploaded, looked at, then sent as a whole."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Conflict, Invalid
from portal.invitations.forms import ConfirmedListForm, ListForm
from portal.invitations.services import importing, reading
from portal.invitations.views.blueprint import blueprint
from portal.permissions.actor import require
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.get("/admin/invitations/import")
@access("members.invite")
def import_new() -> str:
    """Choosing the list."""
    require(current_user, "organisations.manage")
    return _upload_page(ListForm())


@blueprint.post("/admin/invitations/import")
@access("members.invite", rate="upload")
def import_check() -> ResponseReturnValue:
    """Show what would happen; nothing is kept."""
    require(current_user, "organisations.manage")
    form = ListForm()
    if not form.validate():
        return _upload_page(form), 422
    try:
        return _preview(reading.read_list(form.file.data.read(reading.MAX_BYTES + 1)))
    except Invalid as error:
        form.add_error(error)
        return _upload_page(form), 422


@blueprint.post("/admin/invitations/import/confirmed")
@access("members.invite", rate="form")
def import_confirmed() -> ResponseReturnValue:
    """Invite everybody of the list as it was shown, or nobody; it is checked once more."""
    form = ConfirmedListForm()
    try:
        rows = reading.read_list((form.rows.data or "").encode())
        count = importing.invite_list(current_user, rows, the_host().settings.base_url, str(get_locale()))
    except (Invalid, Conflict) as error:
        upload = ListForm(formdata=None)
        upload.general_error = sentence_of(error)
        return _upload_page(upload), 422
    flash(_("The list is done: %(count)s people are invited or belong to their organisation.", count=count), "success")
    return redirect(url_for("invitations.invitation_list"))


@blueprint.get("/admin/invitations/import/template")
@access("members.invite")
def import_template() -> Response:
    """An empty list with its columns; the mark at its start tells Excel that it is UTF-8."""
    headers = {"Content-Disposition": 'attachment; filename="invitations.csv"'}
    return Response("\ufeff" + reading.TEMPLATE, mimetype="text/csv", headers=headers)


def _preview(rows: list[dict[str, str]]) -> str:
    lines = importing.check_list(current_user, rows)
    form = ConfirmedListForm(formdata=None, data={"rows": reading.write_list(rows)})
    errors = sum(line.outcome == "error" for line in lines)
    says = {line.number: sentence_of(line.error) for line in lines if line.error}
    values = {"lines": lines, "errors": errors, "says": says}
    return render_template("portal/invitations/import_check.html", form=form, **values)


def _upload_page(form: ListForm) -> str:
    return render_template("portal/invitations/import_new.html", form=form)
