"""Everybody in the portal: the list, new people and the switch."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import NewPersonForm
from portal.admin.services import people
from portal.admin.views.blueprint import blueprint
from portal.errors import Forbidden, Invalid
from portal.invitations.services.inviting import invite_person
from portal.members.models import STATES, Member
from portal.members.services import creating, disabling, queries
from portal.organisations.services.memberships import set_membership
from portal.organisations.services.queries import list_organisations
from portal.permissions.services.roles import list_roles
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.forms import options
from portal.web.paging import read_number
from portal.web.sentences import sentence_of

FILTERS = ("q", "state", "role", "organisation", "never", "sort")
NEW_PAGE = "portal/admin/member_new.html"


@blueprint.get("/members")
@access("members.list_all")
def member_list() -> str:
    """Everybody: searched by name, address or organisation, filtered and sorted."""
    sent = {name: request.args[name][:200] for name in FILTERS if request.args.get(name)}
    wanted = people.PeopleFilter(
        words=sent.get("q", "")[:100].replace("\0", ""),
        state=sent.get("state", "") if sent.get("state") in STATES else "",
        role=sent.get("role", ""),
        organisation_id=read_number(sent.get("organisation")),
        never="never" in sent,
        sort=sent.get("sort", "name"),
        after=request.args.get("after", "")[:250].replace("\0", ""),
    )
    return render_template(
        "portal/admin/member_list.html",
        page=people.list_people(current_user, wanted),
        sent=sent,
        after=wanted.after,
        roles=list_roles(),
        organisations=list_organisations(),
    )


@blueprint.get("/members/new")
@access("members.create")
def member_new() -> str:
    """The form for somebody new."""
    return render_template(NEW_PAGE, form=_new_form(), existing=None)


@blueprint.post("/members/new")
@access("members.create", rate="form")
def member_create() -> ResponseReturnValue:
    """Create somebody; with an organisation and an invitation if wanted."""
    form = _new_form()
    if not form.validate():
        return render_template(NEW_PAGE, form=form, existing=None), 422
    try:
        person = _create(form)
    except Invalid as error:
        form.add_error(error)
        return render_template(NEW_PAGE, form=form, existing=_find_existing(error)), 422
    text = _("%(name)s is created and invited.") if form.invite.data else _("%(name)s is created.")
    flash(text % {"name": person.name}, "success")
    return redirect(url_for("admin.member_edit", member_id=person.id))


def _create(form: NewPersonForm) -> Member:
    email, function = form.email.data, form.function.data or ""
    if not form.namesake.data:
        creating.check_name_is_new(current_user, form.name.data or "")
    person = creating.create_person(current_user, form.name.data or "", email, function)
    if form.organisation.data:
        set_membership(current_user, person.id, form.organisation.data, form.membership.data)
    if form.invite.data:
        invite_person(current_user, person, the_host().settings.base_url, str(get_locale()))
    return person


def _find_existing(error: Invalid) -> Member | None:
    """Whom a refusal names, for a link, if the reader may administer people."""
    number = error.details.get("id")
    return queries.get_member(current_user, number) if number and current_user.can("members.list_all") else None


def _new_form() -> NewPersonForm:
    form = NewPersonForm()
    form.organisation.choices = options([("0", _("None")), *((str(one.id), one.name) for one in list_organisations())])
    return form


@blueprint.post("/members/<int:member_id>/invite")
@access("members.invite", rate="form")
def member_invite(member_id: int) -> ResponseReturnValue:
    """Send an invitation, or a new one; an earlier link is void."""
    person = queries.get_member(current_user, member_id)
    try:
        invite_person(current_user, person, the_host().settings.base_url, str(get_locale()))
    except Invalid as error:
        return _refused(member_id, error)
    flash(_("%(name)s gets an invitation by mail.", name=person.name), "success")
    return redirect(url_for("admin.member_edit", member_id=member_id))


@blueprint.post("/members/<int:member_id>/disable")
@access("members.disable", rate="form", confirmed=True)
def member_disable(member_id: int) -> ResponseReturnValue:
    """Shut a member out at once."""
    try:
        person = disabling.disable_member(current_user, member_id)
    except (Invalid, Forbidden) as error:
        return _refused(member_id, error)
    flash(_("%(name)s is disabled and logged out everywhere.", name=person.name), "success")
    return redirect(url_for("admin.member_edit", member_id=member_id))


@blueprint.post("/members/<int:member_id>/enable")
@access("members.disable", rate="form", confirmed=True)
def member_enable(member_id: int) -> ResponseReturnValue:
    """Let a disabled member in again."""
    try:
        person = disabling.enable_member(current_user, member_id)
    except (Invalid, Forbidden) as error:
        return _refused(member_id, error)
    flash(_("%(name)s is enabled again.", name=person.name), "success")
    return redirect(url_for("admin.member_edit", member_id=member_id))


def _refused(member_id: int, error: Invalid | Forbidden) -> ResponseReturnValue:
    flash(sentence_of(error), "danger")
    return redirect(url_for("admin.member_edit", member_id=member_id))
