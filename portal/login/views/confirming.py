"""Proving anew who one is, before what protects the account is changed; then on to where one wanted."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from portal.errors import Invalid, TooMany
from portal.login.forms import ConfirmForm
from portal.login.services import confirming, factors, passkeys
from portal.login.services.local import describe_password
from portal.login.services.sign_ons import has_sign_on
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import renew_cookie
from portal.login.views.entering import say_when
from portal.login.views.site import ask, asked, passkeys_work, site
from portal.permissions.actor import MEMBER
from portal.plugin_host.navigation import the_host
from portal.web.access import access, find_access, is_confirmed
from portal.web.redirects import local_target

OWN_FIELDS = frozenset({"csrf_token", "confirm_password", "confirm_code", "credential"})


@blueprint.get("/me/confirm")
@access(MEMBER)
def confirm_form() -> str:
    """Asking for the password, a code or a passkey."""
    return _page(ConfirmForm(), [])


@blueprint.post("/me/confirm")
@access(MEMBER, rate="login")
def confirm_submit() -> ResponseReturnValue:
    """Check the proof and lead on."""
    return _check([]) or redirect(_wanted())


@blueprint.post("/me/confirm/resent")
@access(MEMBER, rate="login")
def confirm_resent() -> ResponseReturnValue:
    """A form was sent whose proof had become too old: it is kept on the page, and sent on after the proof."""
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN_FIELDS]
    if kept and is_confirmed(current_user):  # meanwhile, in another tab
        return redirect(_wanted("POST"), 307)
    if not any(request.form.get(name) for name in ("confirm_password", "confirm_code", "credential")):
        return _page(ConfirmForm(formdata=None), kept), 403
    return _check(kept) or redirect(_wanted("POST"), 307)


@blueprint.post("/me/confirm/passkey")
@access(MEMBER, rate="login")
def confirm_ask() -> ResponseReturnValue:
    """The question for one of the member's passkeys."""
    return ask(passkeys.ask_to_prove("confirm", current_user, site()))


def _check(kept: list[tuple[str, str]]) -> ResponseReturnValue | None:
    """The page once more when the proof is wrong."""
    form = ConfirmForm()
    if not form.validate():
        return _page(form, kept), 422
    try:
        renew_cookie(_prove(form))
    except Invalid as error:
        form.add_error(error)
        return _page(form, kept), 422
    except TooMany as error:
        return _page(form, kept), 429, say_when(form, error)
    return None


def _prove(form: ConfirmForm) -> str:
    if credential := request.form.get("credential"):
        return confirming.confirm_by_passkey(current_user, site(), asked(), credential)
    if form.confirm_code.data:
        return confirming.confirm_by_code(current_user, form.confirm_code.data)
    return confirming.confirm_by_password(current_user, form.confirm_password.data or "")


def _wanted(method: str = "GET") -> str:
    """The page that asked for the proof; a form is only sent on to where a proof is asked for."""
    target = local_target(request.args.get("next"), url_for("login.security_edit"))
    if method == "GET":
        return target
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(target.partition("?")[0], method)  # type: ignore
    except HTTPException:
        return url_for("login.security_edit")
    declared = find_access(current_app, endpoint)
    return target if declared and declared.confirmed else url_for("login.security_edit")


def _page(form: ConfirmForm, kept: list[tuple[str, str]]) -> str:
    app = factors.find_totp(current_user)
    has_passkey = passkeys_work() and bool(passkeys.list_passkeys(current_user))
    issuer, has_factor = the_host().settings.oidc_issuer, factors.needs_factor(current_user.id or 0)
    return render_template(
        "portal/login/confirm_form.html",
        form=form,
        kept=kept,
        has_app=app is not None and app.confirmed_at is not None,
        has_passkey=has_passkey,
        has_factor=has_factor,
        has_password=not has_factor and describe_password(current_user).counts,
        has_sign_on=not has_factor and bool(issuer) and has_sign_on(current_user.id, issuer),
        wanted=local_target(request.args.get("next"), url_for("login.security_edit")),
    )
