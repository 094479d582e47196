"""Requests for access that wait for the office."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid, TooMany
from portal.invitations.forms import ApprovalForm, RefusalForm
from portal.invitations.models import AccessRequest
from portal.invitations.services import queries, requesting
from portal.invitations.services.inviting import Guest
from portal.invitations.views.blueprint import blueprint
from portal.organisations.services.queries import list_organisations
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.forms import options
from portal.web.sentences import sentence_of


@blueprint.get("/admin/requests")
@access("members.invite")
def request_list() -> str:
    """Who waits, oldest first."""
    return render_template("portal/invitations/request_list.html", requests=queries.list_requests(current_user))


@blueprint.get("/admin/requests/<int:request_id>")
@access("members.invite")
def request_show(request_id: int) -> str:
    """One request, with both decisions."""
    return _page(queries.get_request(current_user, request_id))


@blueprint.post("/admin/requests/<int:request_id>/approve")
@access("members.invite", rate="form")
def request_approve(request_id: int) -> ResponseReturnValue:
    """Grant access, with an organisation if one is chosen."""
    asked, form = queries.get_request(current_user, request_id), _approval_form()
    if not form.validate():
        return _page(asked, form), 422
    guest = Guest(asked.name, asked.email, form.organisation.data or None, form.role.data)
    try:
        requesting.approve_request(current_user, request_id, guest, the_host().settings.base_url)
    except (Invalid, TooMany) as error:
        form.general_error = sentence_of(error)
        return _page(asked, form), 422
    flash(_("%(name)s gets an invitation by mail.", name=asked.name), "success")
    return redirect(url_for("invitations.request_list"))


@blueprint.post("/admin/requests/<int:request_id>/refuse")
@access("members.invite", rate="form")
def request_refuse(request_id: int) -> ResponseReturnValue:
    """Refuse with a reason, which is mailed."""
    asked, form = queries.get_request(current_user, request_id), RefusalForm()
    if not form.validate():
        return _page(asked, refusal=form), 422
    try:
        requesting.refuse_request(current_user, request_id, form.reason.data or "")
    except Invalid as error:
        form.add_error(error)
        return _page(asked, refusal=form), 422
    flash(_("The request of %(name)s is refused, and the reason is mailed.", name=asked.name), "success")
    return redirect(url_for("invitations.request_list"))


def _page(asked: AccessRequest, approval: ApprovalForm | None = None, refusal: RefusalForm | None = None) -> str:
    return render_template(
        "portal/invitations/request_show.html",
        asked=asked,
        approval=approval or _approval_form(formdata=None, data={"organisation": asked.organisation_id or 0}),
        refusal=refusal or RefusalForm(formdata=None),
    )


def _approval_form(**values: object) -> ApprovalForm:
    form = ApprovalForm(**values)
    places = list_organisations() if current_user.can("organisations.manage") else []
    form.organisation.choices = options([("0", _("None")), *((str(one.id), one.name) for one in places)])
    return form
