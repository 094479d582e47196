"""Logging in and out, links that let somebody in, and what protects one's own account."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, login_user

from portal.database import reading
from portal.errors import Invalid, TooMany
from portal.login.devices import device_label
from portal.login.forms import ChangePasswordForm, LoginForm, NewPasswordForm, ResetForm
from portal.login.loader import load_actor
from portal.login.services import links, sessions
from portal.login.services.authentication import Attempt, log_in
from portal.members.models import Member
from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.redirects import local_target
from portal.web.sentences import sentence_of

blueprint = Blueprint("login", __name__)


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
        token = log_in(Attempt(form.email.data or "", form.password.data or "", remember, _device(), g.network))
    except Invalid as error:
        form.general_error = sentence_of(error)
        return _login_page(form), 401
    except TooMany as error:
        return _too_many(form, error)
    _leave()
    actor = load_actor(token)
    if actor is None:  # disabled within the last milliseconds
        return _login_page(form), 401
    _enter(actor, remember)
    return redirect(local_target(form.next.data))


@blueprint.post("/logout")
@access(PUBLIC, rate="form")
def logout() -> ResponseReturnValue:
    """End the session here, so that its cookie is worth nothing anywhere."""
    _leave()
    session.clear()
    flash(_("You are logged out."), "success")
    return redirect(url_for("dashboard.dashboard_show"))


@blueprint.get("/login/reset")
@access(PUBLIC)
def reset_request() -> str:
    """Asking for a link to choose a new password."""
    return render_template("portal/login/reset_request.html", form=ResetForm())


@blueprint.post("/login/reset")
@access(PUBLIC, rate="login")
def reset_send() -> ResponseReturnValue:
    """Send the link if the address is known; the answer is the same for every address."""
    form = ResetForm()
    if not form.validate():
        return render_template("portal/login/reset_request.html", form=form), 422
    links.request_reset(form.email.data or "", g.network, the_host().settings.base_url, str(get_locale()))
    return render_template("portal/login/reset_sent.html")


@blueprint.get("/login/reset/<token>")
@access(PUBLIC)
def reset_show(token: str) -> str:
    """Choosing a new password by a mailed link."""
    return _choose_page(NewPasswordForm(), links.get_link_member(token, "reset"), "reset")


@blueprint.post("/login/reset/<token>")
@access(PUBLIC, rate="login")
def reset_redeem(token: str) -> ResponseReturnValue:
    """Keep the new password and log in."""
    return _redeem(token, "reset")


@blueprint.get("/invitation/<token>")
@access(PUBLIC)
def invitation_show(token: str) -> str:
    """Choosing the first password by an invitation."""
    return _choose_page(NewPasswordForm(), links.get_link_member(token, "invitation"), "invitation")


@blueprint.post("/invitation/<token>")
@access(PUBLIC, rate="login")
def invitation_redeem(token: str) -> ResponseReturnValue:
    """Keep the first password and log in."""
    return _redeem(token, "invitation")


@blueprint.get("/me/security")
@access(MEMBER)
def security_edit() -> str:
    """Changing one's own password."""
    return render_template("portal/login/security_edit.html", form=ChangePasswordForm())


@blueprint.post("/me/security")
@access(MEMBER, rate="login")
def security_update() -> ResponseReturnValue:
    """Keep the new password; every other session ends and this one gets a new cookie."""
    form, remember = ChangePasswordForm(), session.permanent
    if not form.validate():
        return render_template("portal/login/security_edit.html", form=form), 422
    try:
        links.change_password(current_user, form.old_password.data or "", form.password.data or "")
    except Invalid as error:
        form.add_error(error)
        return render_template("portal/login/security_edit.html", form=form), 422
    _enter_anew(current_user.id or 0, current_user.name, remember)
    flash(_("Your password is changed. All other devices are logged out."), "success")
    return redirect(url_for("login.security_edit"))


@blueprint.get("/me/sessions")
@access(MEMBER)
def session_list() -> str:
    """Where one is logged in."""
    return render_template("portal/login/session_list.html", sessions=sessions.list_sessions(current_user))


@blueprint.post("/me/sessions/<int:session_id>/end")
@access(MEMBER, rate="form")
def session_end(session_id: int) -> ResponseReturnValue:
    """Log out one of one's own devices."""
    sessions.end_session(current_user, session_id)
    flash(_("The device is logged out."), "success")
    return redirect(url_for("login.session_list"))


@blueprint.post("/me/sessions/end-others")
@access(MEMBER, rate="form")
def session_end_others() -> ResponseReturnValue:
    """Log out every device but this one."""
    sessions.end_other_sessions(current_user)
    flash(_("All other devices are logged out."), "success")
    return redirect(url_for("login.session_list"))


def _login_page(form: LoginForm) -> str:
    return render_template("portal/login/login_form.html", form=form)


def _too_many(form: LoginForm, error: TooMany) -> ResponseReturnValue:
    minutes = -(-error.retry_after // 60)
    form.general_error = _("Too many tries. Please try again in about %(minutes)s min.", minutes=minutes)
    return _login_page(form), 429, {"Retry-After": str(error.retry_after)}


def _choose_page(form: NewPasswordForm, member: Member, purpose: str) -> str:
    return render_template("portal/login/password_choose.html", form=form, member=member, purpose=purpose)


def _redeem(token: str, purpose: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    with reading():
        member = links.get_link_member(token, purpose)
    if not form.validate():
        return _choose_page(form, member, purpose), 422
    try:
        links.redeem_link(token, purpose, form.password.data or "")
    except Invalid as error:
        form.add_error(error)
        return _choose_page(form, member, purpose), 422
    _leave()
    _enter_anew(member.id, member.name, remember=False)
    flash(_("Welcome, %(name)s! Your password is set.", name=member.name), "success")
    return redirect(url_for("dashboard.dashboard_show"))


def _enter_anew(member_id: int, name: str, remember: bool) -> None:
    token = sessions.open_session(member_id, _device(), g.network, remember)
    _enter(Actor(id=member_id, name=name, session_token=token), remember)


def _enter(actor: Actor, remember: bool) -> None:
    """Nothing that was in the cookie before survives the log-in (session fixation)."""
    session.clear()
    session.permanent = remember
    login_user(actor)


def _leave() -> None:
    if current_user.is_authenticated:
        sessions.end_session(current_user, current_user.session_id)


def _device() -> str:
    return device_label(request.headers.get("User-Agent", ""))
