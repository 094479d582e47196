"""Logging in, with a second step where there is a second factor, and out."""

from __future__ import annotations

from flask import flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid, NotFound, TooMany
from portal.login.forms import FactorForm, LoginForm
from portal.login.loader import load_actor
from portal.login.services.authentication import Attempt, log_in
from portal.login.services.pending import Entry, complete_login, find_pending
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import SIGNED_ON, device, enter, greet_device, leave, trusted_for
from portal.login.views.site import passkeys_work
from portal.permissions.actor import PUBLIC
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.forms import PortalForm
from portal.web.redirects import local_target
from portal.web.sentences import sentence_of

PENDING = "pending_login"


@blueprint.get("/login")
@access(PUBLIC)
def login_form() -> ResponseReturnValue:
    """The form, with the page that was wanted."""
    wanted = local_target(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(wanted)
    return login_page(LoginForm(next=wanted))


@blueprint.post("/login")
@access(PUBLIC, rate="login")
def login_submit() -> ResponseReturnValue:
    """Check address and password; right ones open a session, or lead to the second step."""
    form = LoginForm()
    if not form.validate():
        return login_page(form), 422
    remember = bool(form.remember.data)
    try:
        entry = log_in(
            Attempt(
                form.email.data or "",
                form.password.data or "",
                remember,
                device(),
                g.network,
                trusted_for(),
            )
        )
    except Invalid as error:
        form.general_error = sentence_of(error)
        return login_page(form), 401
    except TooMany as error:
        return login_page(form), 429, say_when(form, error)
    return go_in(entry, remember, form.next.data)


@blueprint.get("/login/factor")
@access(PUBLIC)
def factor_form() -> ResponseReturnValue:
    """The second step: a code of the app, or one for recovery."""
    if find_pending(session.get(PENDING, "")) is None:
        return _again()
    return _factor_page(FactorForm(next=local_target(request.args.get("next"))))


@blueprint.post("/login/factor")
@access(PUBLIC, rate="login")
def factor_submit() -> ResponseReturnValue:
    """Check the code; a right one opens the session that the password asked for."""
    form, token = FactorForm(), session.get(PENDING, "")
    pending = find_pending(token)
    if pending is None:
        return _again()
    if not form.validate():
        return _factor_page(form), 422
    try:
        opened = complete_login(token, form.code.data or "", device(), g.network)
    except Invalid as error:
        form.add_error(error)
        return _factor_page(form), 401
    except TooMany as error:
        return _factor_page(form), 429, say_when(form, error)
    except NotFound:
        return _again()
    return welcome(opened, pending.remember, form.next.data)


@blueprint.post("/logout")
@access(PUBLIC, rate="form")
def logout() -> ResponseReturnValue:
    """End the session here, so that its cookie is worth nothing anywhere; then offer to end that of the sign-on."""
    signed_on = SIGNED_ON in session and the_host().settings.sign_on_name
    leave()
    session.clear()
    if signed_on:
        return redirect(url_for("sign_on.sign_on_left"))
    flash(_("You are logged out."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


def go_in(entry: Entry, remember: bool, wanted: str | None) -> ResponseReturnValue:
    """Leave the session that there was for the one just opened, or lead to the second step."""
    leave()
    if not entry.pending:
        return welcome(entry.session, remember, wanted)
    session.clear()
    session[PENDING] = entry.pending
    return redirect(url_for("login.factor_form", next=local_target(wanted)))


def welcome(token: str, remember: bool, wanted: str | None) -> ResponseReturnValue:
    """Set the cookie of a session just opened, and lead to the page that was wanted or to what has to be done first."""
    actor = load_actor(token)
    if actor is None:  # disabled within the last milliseconds
        return _again()
    enter(actor, remember)
    target = url_for("login.factor_required") if actor.withheld_roles else local_target(wanted)
    return greet_device(make_response(redirect(target)), actor)


def login_page(form: LoginForm) -> str:
    """The page for logging in."""
    with_form = the_host().settings.local_login or form.is_submitted() or "emergency" in request.args
    return render_template(
        "portal/login/login_form.html", form=form, with_passkeys=passkeys_work(), with_form=with_form
    )


def say_when(form: PortalForm, error: TooMany) -> dict[str, str]:
    """Say above the form, and in the header that is given, when the next try makes sense."""
    minutes = -(-error.retry_after // 60)
    form.general_error = _("Too many tries. Please try again in about %(minutes)s min.", minutes=minutes)
    return {"Retry-After": str(error.retry_after)}


def _factor_page(form: FactorForm) -> str:
    return render_template("portal/login/factor_form.html", form=form, with_passkeys=passkeys_work())


def _again() -> ResponseReturnValue:
    session.pop(PENDING, None)
    flash(_("Please log in again: the time for the second step is over."), "warning")
    return redirect(url_for("login.login_form"))
