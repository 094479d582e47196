"""Inviting: the office anybody, an editor colleagues."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid, TooMany
from portal.invitations.forms import ColleagueForm, InvitationForm
from portal.invitations.models import Invitation
from portal.invitations.services import inviting, queries, resending
from portal.invitations.services.inviting import Guest
from portal.invitations.views.blueprint import blueprint
from portal.organisations.models import Organisation
from portal.organisations.services.creating import check_open
from portal.organisations.services.queries import get_organisation, list_organisations
from portal.permissions.actor import MEMBER
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.forms import options
from portal.web.paging import read_number
from portal.web.redirects import moved_to
from portal.web.sentences import sentence_of


@blueprint.get("/admin/invitations")
@access("members.invite")
def invitation_list() -> str:
    """Every open and expired invitation, newest first."""
    before = read_number(request.args.get("before"))
    page = queries.list_invitations(current_user, before)
    return render_template("portal/invitations/invitation_list.html", page=page, before=before)


@blueprint.get("/admin/invitations/new")
@access("members.invite")
def invitation_new() -> str:
    """The form for the office."""
    return render_template("portal/invitations/invitation_new.html", form=_office_form())


@blueprint.post("/admin/invitations/new")
@access("members.invite", rate="form")
def invitation_create() -> ResponseReturnValue:
    """Invite somebody, into any organisation or none."""
    form = _office_form()
    if form.validate() and _invite(form, form.organisation.data or None):
        return redirect(url_for("invitations.invitation_list"))
    return render_template("portal/invitations/invitation_new.html", form=form), 422


@blueprint.get("/organisations/<slug>/invitations")
@access(MEMBER)
def colleague_list(slug: str) -> ResponseReturnValue:
    """Inviting colleagues into one's own organisation, and who was invited."""
    organisation = get_organisation(slug)
    queries.require_inviter(current_user, organisation.id)
    if organisation.slug != slug:
        return moved_to(slug=organisation.slug)
    check_open(organisation)
    return _colleague_page(organisation, ColleagueForm())


@blueprint.post("/organisations/<slug>/invitations")
@access(MEMBER, rate="form")
def colleague_invite(slug: str) -> ResponseReturnValue:
    """Invite a colleague."""
    organisation, form = get_organisation(slug), ColleagueForm()
    queries.require_inviter(current_user, organisation.id)
    if form.validate() and _invite(form, organisation.id):
        return redirect(url_for("invitations.colleague_list", slug=slug))
    return _colleague_page(organisation, form), 422


@blueprint.post("/invitations/<int:invitation_id>/resend")
@access(MEMBER, rate="form")
def invitation_resend(invitation_id: int) -> ResponseReturnValue:
    """Send it anew; the earlier link is void."""
    back = _back_of(queries.get_invitation(current_user, invitation_id))
    try:
        invitation = inviting.resend_invitation(current_user, invitation_id, the_host().settings.base_url)
        flash(_("%(name)s gets a new mail; the earlier link is void.", name=invitation.name), "success")
    except TooMany as error:
        flash(sentence_of(error), "danger")
    return redirect(back)


@blueprint.post("/invitations/resend")
@access(MEMBER, rate="form")
def invitation_resend_many() -> ResponseReturnValue:
    """Send those that were chosen anew, and say of each what became of it."""
    back = _list_of(request.form.get("place", ""))
    numbers = [read_number(text) for text in request.form.getlist("id")[: resending.MOST + 1]]
    try:
        done = resending.resend_invitations(current_user, [one for one in numbers if one], the_host().settings.base_url)
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(back)
    sent = [one for one in done if one.refusal is None]
    refused = [(one, sentence_of(one.refusal) or _("It is no longer open.")) for one in done if one.refusal]
    return render_template("portal/invitations/invitation_resent.html", sent=sent, refused=refused, back=back)


@blueprint.post("/invitations/<int:invitation_id>/withdraw")
@access(MEMBER, rate="form")
def invitation_withdraw(invitation_id: int) -> ResponseReturnValue:
    """Make it useless."""
    invitation = inviting.withdraw_invitation(current_user, invitation_id)
    flash(_("The invitation of %(name)s is withdrawn.", name=invitation.name), "success")
    return redirect(_back_of(invitation))


def _invite(form: ColleagueForm, organisation_id: int | None) -> bool:
    guest = Guest(form.name.data or "", form.email.data or "", organisation_id, form.role.data)
    try:
        sent = inviting.create_invitation(current_user, guest, the_host().settings.base_url, str(get_locale()))
    except Invalid as error:
        form.add_error(error)
        return False
    except TooMany as error:
        form.general_error = sentence_of(error)
        return False
    name = guest.name.strip()
    done = _("%(name)s gets an invitation by mail.", name=name)
    flash(done if sent else _("%(name)s had an account already and now belongs to it.", name=name), "success")
    return True


def _office_form() -> InvitationForm:
    form = InvitationForm()
    places = list_organisations() if current_user.can("organisations.manage") else []
    form.organisation.choices = options([("0", _("None")), *((str(one.id), one.name) for one in places)])
    return form


def _colleague_page(organisation: Organisation, form: ColleagueForm) -> str:
    invitations = queries.list_invitations_of(current_user, organisation)
    values = {"organisation": organisation, "invitations": invitations}
    return render_template("portal/invitations/colleague_list.html", form=form, **values)


def _list_of(slug: str) -> str:
    """The list that was chosen from: of an organisation, or the office's."""
    if slug and get_organisation(slug):
        return url_for("invitations.colleague_list", slug=slug)
    return url_for("invitations.invitation_list")


def _back_of(invitation: Invitation) -> str:
    """The page that the button stood on: the office's list, or that of the organisation."""
    if invitation.organisation is not None and request.form.get("from") == "organisation":
        return url_for("invitations.colleague_list", slug=invitation.organisation.slug)
    return url_for("invitations.invitation_list")
