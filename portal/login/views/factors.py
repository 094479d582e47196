"""The second factor of one's own account: authenticator app and recovery codes."""

from __future__ import annotations

import segno
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from pyotp.totp import TOTP

from portal.errors import Invalid
from portal.login.forms import FirstCodeForm
from portal.login.services import factors, recovery
from portal.login.views.blueprint import blueprint
from portal.login.views.site import passkeys_work, site
from portal.permissions.actor import MEMBER
from portal.web.access import access


@blueprint.get("/me/security/required")
@access(MEMBER)
def factor_required() -> ResponseReturnValue:
    """Says that a role of the reader's counts only with a second factor, and how to get one."""
    if not current_user.withheld_roles:
        return redirect(url_for("login.security_edit"))
    if factors.needs_factor(current_user.id or 0):  # there is one, and it was not shown in this session
        return redirect(url_for("login.confirm_form", next=url_for("login.security_edit")))
    return render_template("portal/login/factor_required.html", with_passkeys=passkeys_work())


@blueprint.get("/me/security/factor")
@access(MEMBER, confirmed=True)
def factor_edit() -> str:
    """Setting up the authenticator app, or removing it."""
    return _page(FirstCodeForm())


@blueprint.post("/me/security/factor/begin")
@access(MEMBER, rate="form", confirmed=True)
def factor_begin() -> ResponseReturnValue:
    """Make a secret for the app."""
    factors.begin_totp(current_user)
    return redirect(url_for("login.factor_edit"))


@blueprint.post("/me/security/factor")
@access(MEMBER, rate="login", confirmed=True)
def factor_confirm() -> ResponseReturnValue:
    """Take the app into use by its first code; then the recovery codes are shown."""
    form = FirstCodeForm()
    if not form.validate():
        return _page(form), 422
    try:
        factors.confirm_totp(current_user, form.code.data or "")
    except Invalid as error:
        form.add_error(error)
        return _page(form), 422
    return show_codes(_("The authenticator app is set up."))


@blueprint.post("/me/security/factor/remove")
@access(MEMBER, rate="form", confirmed=True)
def factor_remove() -> ResponseReturnValue:
    """Take the app out of use."""
    factors.remove_totp(current_user)
    flash(_("The authenticator app is removed."), "success")
    return redirect(url_for("login.security_edit"))


@blueprint.post("/me/security/recovery")
@access(MEMBER, rate="form", confirmed=True)
def recovery_renew() -> ResponseReturnValue:
    """Ten new recovery codes, shown once; the old ones are void."""
    if not factors.needs_factor(current_user.id or 0):
        return redirect(url_for("login.security_edit"))
    return show_codes("")


def show_codes(done: str) -> ResponseReturnValue:
    """New recovery codes on a page of their own, which is the only place where they ever stand."""
    codes = recovery.renew_codes(current_user)
    return render_template("portal/login/recovery_codes.html", codes=codes, done=done)


def _page(form: FirstCodeForm) -> str:
    row, secret = factors.find_totp(current_user), factors.waiting_secret(current_user)
    values = {"secret": secret, "grouped": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}
    values["picture"] = _picture_of(secret) if secret else ""
    return render_template("portal/login/factor_edit.html", form=form, row=row, **values)


def _picture_of(secret: str) -> str:
    """The QR code as the address of a picture that needs no request."""
    name = site().name
    wanted = TOTP(secret).provisioning_uri(name=current_user.email, issuer_name=name)
    return segno.make(wanted, error="m").svg_data_uri(scale=5, border=3, light="#ffffff")
