"""Logging in with a password, and out."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid, TooMany
from portal.login.forms import LoginForm
from portal.login.loader import load_actor
from portal.login.services.authentication import Attempt, log_in
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import device, enter, leave
from portal.permissions.actor import PUBLIC
from portal.web.access import access
from portal.web.redirects import local_target
from portal.web.sentences import sentence_of


@blueprint.get("/login")
@access(PUBLIC)
def login_form() -> ResponseReturnValue:
    """The form, with the page that was wanted."""
    wanted = local_target(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(wanted)
    return _login_page(LoginForm(next=wanted))


@blueprint.post("/login")
@access(PUBLIC, rate="login")
def login_submit() -> ResponseReturnValue:
    """Check address and password; right ones open a session and lead to the page that was wanted."""
    form = LoginForm()
    if not form.validate():
        return _login_page(form), 422
    remember = bool(form.remember.data)
    try:
        token = log_in(Attempt(form.email.data or "", form.password.data or "", remember, device(), g.network))
    except Invalid as error:
        form.general_error = sentence_of(error)
        return _login_page(form), 401
    except TooMany as error:
        return _too_many(form, error)
    leave()
    actor = load_actor(token)
    if actor is None:  # disabled within the last milliseconds
        return _login_page(form), 401
    enter(actor, remember)
    return redirect(local_target(form.next.data))


@blueprint.post("/logout")
@access(PUBLIC, rate="form")
def logout() -> ResponseReturnValue:
    """End the session here, so that its cookie is worth nothing anywhere."""
    leave()
    session.clear()
    flash(_("You are logged out."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


def _login_page(form: LoginForm) -> str:
    return render_template("portal/login/login_form.html", form=form)


def _too_many(form: LoginForm, error: TooMany) -> ResponseReturnValue:
    minutes = -(-error.retry_after // 60)
    form.general_error = _("Too many tries. Please try again in about %(minutes)s min.", minutes=minutes)
    return _login_page(form), 429, {"Retry-After": str(error.retry_after)}
