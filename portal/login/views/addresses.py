"""Changing the address that one logs in with."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid, TooMany
from portal.login.forms import AddressForm
from portal.login.services import addresses
from portal.login.services.local import describe_password
from portal.login.views.blueprint import blueprint
from portal.permissions.actor import MEMBER, PUBLIC
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.get("/me/address")
@access(MEMBER)
def address_edit() -> str:
    """The form."""
    return _page(AddressForm())


@blueprint.post("/me/address")
@access(MEMBER, rate="login")
def address_update() -> ResponseReturnValue:
    """Send the link to the new address; nothing changes before it is opened."""
    form = AddressForm()
    if not form.validate():
        return _page(form), 422
    email, password = form.email.data or "", form.password.data or ""
    try:
        addresses.request_change(current_user, email, password, the_host().settings.base_url)
    except Invalid as error:
        form.add_error(error)
        return _page(form), 422
    except TooMany as error:
        form.general_error = sentence_of(error)
        return _page(form), 429, {"Retry-After": str(error.retry_after)}
    flash(_("A mail is on its way to %(address)s. Open its link within ten minutes.", address=email), "success")
    return redirect(url_for("login.address_edit"))


@blueprint.get("/login/address/<token>")
@access(PUBLIC)
def address_confirm(token: str) -> str:
    """Confirming the new address: a button, so that a mail filter that opens links changes nothing."""
    return render_template("portal/login/address_confirm.html", change=addresses.get_change(token))


@blueprint.post("/login/address/<token>")
@access(PUBLIC, rate="login")
def address_confirmed(token: str) -> ResponseReturnValue:
    """Change the address."""
    addresses.confirm_change(token, the_host().settings.base_url)
    flash(_("From now on you log in with your new address."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


@blueprint.get("/login/address/undo/<token>")
@access(PUBLIC)
def address_undo(token: str) -> str:
    """Taking an account back by the link to the old address."""
    return render_template("portal/login/address_undo.html", change=addresses.get_undo(token))


@blueprint.post("/login/address/undo/<token>")
@access(PUBLIC, rate="login")
def address_undone(token: str) -> ResponseReturnValue:
    """Undo the change; a link for a new password goes to the old address."""
    addresses.undo_change(token, the_host().settings.base_url)
    session.clear()
    return render_template("portal/login/reset_sent.html")


def _page(form: AddressForm) -> str:
    counts = describe_password(current_user).counts
    return render_template("portal/login/address_edit.html", form=form, has_password=counts)
