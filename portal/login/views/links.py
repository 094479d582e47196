"""Mailed links that let somebody choose a new password."""

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
from portal.login.views.cookies import leave, trust_mailbox
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
    return _choose_page(NewPasswordForm(), links.get_link_member(token, "reset"))


@blueprint.post("/login/reset/<token>")
@access(PUBLIC, rate="login")
def reset_redeem(token: str) -> ResponseReturnValue:
    """Keep the new password. Who has a second factor still needs it: the log-in follows, as ever."""
    form = NewPasswordForm()
    with reading():
        member = links.get_link_member(token, "reset")
    if not form.validate():
        return _choose_page(form, member), 422
    try:
        links.redeem_link(token, "reset", form.password.data or "")
    except Invalid as error:
        form.add_error(error)
        return _choose_page(form, member), 422
    leave()
    trust_mailbox(member.id)
    flash(_("Your new password is set. Please log in with it."), "success")
    return redirect(url_for("login.login_form", next="/"))


def _choose_page(form: NewPasswordForm, member: Member) -> str:
    return render_template("portal/login/password_choose.html", form=form, member=member)
