"""Mailed links that let somebody choose a password: invitations and resets."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.database import reading
from portal.errors import Invalid
from portal.login.forms import NewPasswordForm, ResetForm
from portal.login.services import links
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import enter_anew, leave
from portal.members.models import Member
from portal.permissions.actor import PUBLIC
from portal.plugin_host.navigation import the_host
from portal.web.access import access


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
    leave()
    enter_anew(member.id, member.name, remember=False)
    flash(_("Welcome, %(name)s! Your password is set.", name=member.name), "success")
    return redirect(url_for("dashboard.dashboard_show"))
