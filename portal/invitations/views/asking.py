"""Asking for access, while the setting allows it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.errors import Invalid, NotFound
from portal.invitations.forms import RequestForm
from portal.invitations.services import requesting
from portal.invitations.services.requesting import Wish
from portal.invitations.views.blueprint import blueprint
from portal.organisations.services.queries import list_organisations
from portal.permissions.actor import PUBLIC
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.forms import options


@blueprint.get("/login/request")
@access(PUBLIC)
def request_new() -> str:
    """The form."""
    return render_template("portal/invitations/request_new.html", form=_form())


@blueprint.post("/login/request")
@access(PUBLIC, rate="login")
def request_create() -> ResponseReturnValue:
    """Keep the request; the answer is the same for every address."""
    form = _form()
    if not form.validate():
        return render_template("portal/invitations/request_new.html", form=form), 422
    place, named = form.organisation.data or None, form.organisation_name.data or ""
    wish = Wish(form.name.data or "", form.email.data or "", place, named, form.reason.data or "")
    try:
        requesting.request_access(wish, g.network, the_host().settings.base_url, str(get_locale()))
    except Invalid as error:
        form.add_error(error)
        return render_template("portal/invitations/request_new.html", form=form), 422
    return render_template("portal/invitations/request_sent.html")


@blueprint.get("/login/request/<token>")
@access(PUBLIC)
def request_confirm(token: str) -> str:
    """Confirming the address: a button, so that a mail filter that opens links confirms nothing."""
    _check_open()
    return render_template("portal/invitations/request_confirm.html", asked=requesting.get_unconfirmed(token))


@blueprint.post("/login/request/<token>")
@access(PUBLIC, rate="login")
def request_confirmed(token: str) -> ResponseReturnValue:
    """Let the request wait for its decision."""
    _check_open()
    requesting.confirm_request(token)
    flash(_("Thank you. The office looks at your request and answers by mail."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


def _form() -> RequestForm:
    _check_open()
    form = RequestForm()
    places = ((str(one.id), one.name) for one in list_organisations())
    form.organisation.choices = options([("0", _("Another one, named below")), *places])
    return form


def _check_open() -> None:
    if not the_host().settings.access_requests:
        raise NotFound
