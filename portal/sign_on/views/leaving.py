"""To the provider: to log in, to link an account of it, to prove anew who one is; and to log out there too."""

from __future__ import annotations

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.login.services.throttling import check_throttle
from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.plugin_host.navigation import the_host
from portal.sign_on.services.attempts import LIFETIME, Purpose, begin_attempt
from portal.sign_on.services.provider import Provider
from portal.sign_on.services.refusals import ProviderAway
from portal.sign_on.views.blueprint import blueprint, cookie_name, the_provider
from portal.web.access import access
from portal.web.redirects import local_target


@blueprint.post("/login/sign-on")
@access(PUBLIC, rate="login")
def sign_on_begin() -> ResponseReturnValue:
    """Log in there, then come back to the page that was wanted."""
    provider = the_provider()
    return _leave(provider, Actor(), "enter", local_target(request.form.get("next")))


@blueprint.post("/me/security/sign-ons")
@access(MEMBER, rate="login", confirmed=True)
def sign_on_link() -> ResponseReturnValue:
    """Log in there, to link that account to one's own here."""
    return _leave(the_provider(), current_user, "link", url_for("login.security_edit"))


@blueprint.post("/me/confirm/sign-on")
@access(MEMBER, rate="login")
def sign_on_confirm() -> ResponseReturnValue:
    """Log in there anew, as a proof of who one is."""
    provider = the_provider()
    wanted = local_target(request.form.get("next"), url_for("login.security_edit"))
    return _leave(provider, current_user, "confirm", wanted)


@blueprint.get("/login/sign-on/left")
@access(PUBLIC)
def sign_on_left() -> ResponseReturnValue:
    """After logging out here: says that one is still logged in there, and leads to where that can be ended."""
    try:
        address = the_provider().address_of_logout()
    except ProviderAway:
        address = ""
    if address:
        return render_template("portal/sign_on/sign_on_left.html", address=address)
    flash(_("You are logged out."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


def _leave(provider: Provider, member: Actor, purpose: Purpose, wanted: str) -> Response:
    """A page that leads on by itself: browsers refuse to be redirected to another site after a form (form-action)."""
    provider.metadata()  # before the first look into the database: who waits for the provider holds no lock
    check_throttle(network=g.network)
    leave = begin_attempt(member, purpose, wanted, provider)
    name = the_host().settings.sign_on_name
    page = make_response(render_template("portal/sign_on/leaving.html", address=leave.url, name=name))
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    lifetime = int(LIFETIME.total_seconds())
    page.set_cookie(cookie_name(), leave.token, max_age=lifetime, secure=secure, httponly=True, samesite="Lax")
    return page
