"""One's own data: a file with everything, and being erased."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.config import Settings
from portal.errors import Invalid
from portal.files.delivery import send_attachment
from portal.legal.services import agreeing
from portal.members.services import queries
from portal.permissions.actor import MEMBER
from portal.privacy.forms import ErasureForm
from portal.privacy.services import erasing, exporting, remaining
from portal.retention.registry import Rule, days_of, list_rules
from portal.web.access import access

# Named here so that the worker knows them wherever the application is.
JOBS = (exporting.make_export, exporting.sweep_exports, erasing.erase_due, erasing.erase_if_due)
LATER_JOBS = (remaining.erase_remainders, remaining.compact_database)
SETTINGS = "PORTAL_SETTINGS"

blueprint = Blueprint("privacy", __name__, url_prefix="/me/data")


@blueprint.get("")
@access(MEMBER)
def data_show() -> str:
    """What can be done about one's own data."""
    return _page(ErasureForm(formdata=None))


@blueprint.post("/export")
@access(MEMBER, rate="form", confirmed=True)
def export_request() -> ResponseReturnValue:
    """Have the file made."""
    exporting.request_export(current_user)
    flash(_("Your data are being put together."), "success")
    return redirect(url_for("privacy.data_show"))


@blueprint.get("/export/<int:export_id>.zip")
@access(MEMBER, rate="file", confirmed=True)
def export_show(export_id: int) -> Response:
    """The file, for nobody but its owner."""
    return send_attachment(exporting.get_export_file(current_user, export_id))


@blueprint.post("/erasure")
@access(MEMBER, rate="form", confirmed=True)
def erasure_request() -> ResponseReturnValue:
    """Ask to be erased."""
    form = ErasureForm()
    if not form.validate():
        return _page(form), 422
    try:
        erasing.request_erasure(current_user, form.address.data or "", _days())
    except Invalid as error:
        form.add_error(error)
        return _page(form), 422
    flash(_("Your account will be erased. Until then you can stay after all."), "success")
    return redirect(url_for("privacy.data_show"))


@blueprint.post("/erasure/cancel")
@access(MEMBER, rate="form")
def erasure_cancel() -> ResponseReturnValue:
    """Stay after all."""
    erasing.cancel_erasure(current_user)
    flash(_("Your account stays."), "success")
    return redirect(url_for("privacy.data_show"))


def _page(form: ErasureForm) -> str:
    me = queries.get_self(current_user)
    export = exporting.find_export(current_user)
    return render_template(
        "portal/privacy/data_show.html",
        me=me,
        export=export,
        form=form,
        days=_days(),
        rules=_list_rules(),
        agreements=agreeing.list_agreements(current_user),
    )


def _list_rules() -> list[tuple[Rule, int]]:
    """What is kept of members, and for how many days."""
    return [(rule, days_of(rule)) for rule in list_rules() if rule.for_members]


def _days() -> int:
    settings: Settings = current_app.config[SETTINGS]
    return settings.erasure_days
