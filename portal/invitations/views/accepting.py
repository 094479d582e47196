"""Accepting an invitation by its link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.database import reading, unit_of_work
from portal.errors import Invalid, NotFound
from portal.invitations.models import Invitation
from portal.invitations.services import accepting
from portal.invitations.views.blueprint import blueprint
from portal.legal.services import agreeing
from portal.login.forms import NewPasswordForm
from portal.login.services.local import is_local_open
from portal.login.services.pending import let_in
from portal.login.views.cookies import seat
from portal.login.views.entering import go_in
from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.web.access import access


@blueprint.get("/invitation/<token>")
@access(PUBLIC)
def invitation_show(token: str) -> ResponseReturnValue:
    """Choosing the first password; who has an account agrees instead."""
    try:
        return _page(token, NewPasswordForm())
    except NotFound:
        return _void_page()


@blueprint.post("/invitation/<token>")
@access(PUBLIC, rate="login")
def invitation_redeem(token: str) -> ResponseReturnValue:
    """Keep the first password and log in."""
    form = NewPasswordForm()
    try:
        with reading():
            accepting.get_open_invitation(token)
        if not form.validate():
            return _page(token, form), 422
        with unit_of_work():  # the session is looked up on another connection
            member = accepting.accept_with_password(token, form.password.data or "")
            agreeing.agree(Actor(id=member.id, name=member.name))
            name, entry = member.name, let_in(member.id, seat(remember=False))
    except Invalid as error:
        form.add_error(error)
        return _page(token, form), 422
    except NotFound:
        return _void_page()
    answer = go_in(entry, False, url_for("dashboard.dashboard_show"))
    flash(_("Welcome, %(name)s! Your password is set.", name=name), "success")
    return answer


@blueprint.post("/invitation/<token>/join")
@access(MEMBER, rate="form")
def invitation_join(token: str) -> ResponseReturnValue:
    """Agree with the account that one has."""
    try:
        invitation = accepting.accept_as_member(current_user, token)
    except NotFound:
        return _void_page()
    if invitation.organisation is None:
        return redirect(url_for("dashboard.dashboard_show"))
    flash(_("You belong to %(organisation)s now.", organisation=invitation.organisation.name), "success")
    return redirect(url_for("organisations.organisation_show", slug=invitation.organisation.slug))


def _page(token: str, form: NewPasswordForm) -> str:
    invitation = accepting.get_open_invitation(token)
    person = accepting.find_person(invitation)
    if person is not None and person.state == "active":
        return _joining_page(invitation, token, person.id == current_user.id)
    values = {"invitation": invitation, "name": person.name if person else invitation.name}
    values["texts"] = agreeing.list_asked(person.id if person else None)
    values["is_open"] = is_local_open(invitation.email)
    return render_template("portal/invitations/invitation_show.html", form=form, **values)


def _void_page() -> ResponseReturnValue:
    return render_template("portal/invitations/invitation_void.html"), 404


def _joining_page(invitation: Invitation, token: str, is_mine: bool) -> str:
    return render_template(
        "portal/invitations/invitation_join.html",
        invitation=invitation,
        token=token,
        is_mine=is_mine,
        here=request.path,
    )
