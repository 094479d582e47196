"""Passkeys: logging in with one, and those of one's own account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid
from portal.login.devices import device_label
from portal.login.forms import LoginForm, PasskeyForm, RenameForm
from portal.login.services import passkeys, recovery
from portal.login.services.admitting import admit
from portal.login.services.local import require_local
from portal.login.services.pending import find_pending
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import leave, seat
from portal.login.views.entering import PENDING, login_page, welcome
from portal.login.views.factors import show_codes
from portal.login.views.site import ask, asked, passkeys_work, site
from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.post("/login/passkey/question")
@access(PUBLIC, rate="form")
def passkey_ask() -> ResponseReturnValue:
    """The question for any passkey of the portal; the form for logging in asks it of everybody who comes to it."""
    return ask(passkeys.ask_to_prove("enter", Actor(), site()))


@blueprint.post("/login/passkey")
@access(PUBLIC, rate="login")
def passkey_enter() -> ResponseReturnValue:
    """Log in with a passkey: the device has asked for its owner, so there is no second step."""
    remember = "remember" in request.form
    try:
        member_id = passkeys.check_passkey("enter", Actor(), site(), asked(), request.form.get("credential", ""))
        pending = find_pending(session.get(PENDING, ""))
        if pending is None or pending.member_id != member_id:  # else it is the second step after a sign-on
            require_local(member_id)
    except (Invalid, Forbidden) as error:
        form = LoginForm(formdata=None, next=request.form.get("next"))
        form.general_error = sentence_of(error)
        return login_page(form), 401
    leave()
    with unit_of_work():  # the session is looked up on another connection
        opened = admit(member_id, seat(remember, proven=True))
    return welcome(opened, remember, request.form.get("next"))


@blueprint.get("/me/security/passkeys")
@access(MEMBER, confirmed=True)
def passkey_list() -> str:
    """One's own passkeys, and a new one."""
    return _page(PasskeyForm(name=device_label(request.headers.get("User-Agent", ""))))


@blueprint.post("/me/security/passkeys/question")
@access(MEMBER, rate="login", confirmed=True)
def passkey_begin() -> ResponseReturnValue:
    """What the device is to make a new passkey of."""
    return ask(passkeys.ask_to_register(current_user, site()))


@blueprint.post("/me/security/passkeys")
@access(MEMBER, rate="form", confirmed=True)
def passkey_create() -> ResponseReturnValue:
    """Keep a new passkey; with the first factor of an account come its recovery codes."""
    form = PasskeyForm()
    if not form.validate():
        return _page(form), 422
    try:
        passkeys.create_passkey(current_user, site(), asked(), form.credential.data or "", form.name.data or "")
    except Invalid as error:
        form.add_error(error)
        return _page(form), 422
    if not recovery.count_codes(current_user.id):
        return show_codes(_("The passkey is added."))
    flash(_("The passkey is added."), "success")
    return redirect(url_for("login.passkey_list"))


@blueprint.post("/me/security/passkeys/<int:passkey_id>/rename")
@access(MEMBER, rate="form", confirmed=True)
def passkey_rename(passkey_id: int) -> ResponseReturnValue:
    """Give a passkey another name."""
    form = RenameForm()
    if form.validate():
        passkeys.rename_passkey(current_user, passkey_id, form.name.data or "")
        flash(_("The passkey has a new name."), "success")
    else:
        flash(_("Give the passkey a name."), "warning")
    return redirect(url_for("login.passkey_list"))


@blueprint.post("/me/security/passkeys/<int:passkey_id>/remove")
@access(MEMBER, rate="form", confirmed=True)
def passkey_remove(passkey_id: int) -> ResponseReturnValue:
    """Forget a passkey."""
    passkeys.remove_passkey(current_user, passkey_id)
    flash(_("The passkey is removed."), "success")
    return redirect(url_for("login.passkey_list"))


def _page(form: PasskeyForm) -> str:
    own = passkeys.list_passkeys(current_user)
    return render_template("portal/login/passkey_list.html", form=form, passkeys=own, with_passkeys=passkeys_work())
