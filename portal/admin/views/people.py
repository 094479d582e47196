"""One person: details, roles and memberships."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import MemberRolesForm, MembershipForm, PersonForm
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.members.models import Member
from portal.members.services import editing, queries
from portal.members.services.roles import has_roles_of, list_held_roles, set_member_roles
from portal.organisations.services import memberships
from portal.organisations.services.queries import list_organisations
from portal.organisations.services.successors import list_edited_alone
from portal.permissions.services.roles import list_roles
from portal.web.access import access
from portal.web.forms import options
from portal.web.sentences import sentence_of


@blueprint.get("/members/<int:member_id>")
@access("members.list_all")
def member_edit(member_id: int) -> str:
    """Everything about somebody that can be administered."""
    return _page(queries.get_member(current_user, member_id))


def _changes_address(member_id: int) -> bool:
    """Whether the form gives an account another address: it would be theirs who reads the mails."""
    person, sent = queries.get_member(current_user, member_id), request.form.get("email", "").strip().lower()
    return person.state != "person" and bool(sent) and sent != person.email


@blueprint.post("/members/<int:member_id>")
@access("members.edit", rate="form", confirmed=_changes_address)
def member_update(member_id: int) -> ResponseReturnValue:
    """Keep name, address and function."""
    person, form = queries.get_member(current_user, member_id), PersonForm()
    if not form.validate():
        return _page(person, form=form), 422
    values = (form.name.data or "", form.email.data, form.function.data or "", form.seen_version)
    try:
        editing.update_member(current_user, member_id, *values)
    except Invalid as error:
        form.add_error(error)
        return _page(person, form=form), 422
    except Conflict as conflict:
        form.show_conflict(conflict, person)
        return _page(person, form=form), 409
    return _saved(member_id)


@blueprint.post("/members/<int:member_id>/roles")
@access("members.roles", rate="form", confirmed=True)
def member_roles_update(member_id: int) -> ResponseReturnValue:
    """Keep the roles."""
    person, form = queries.get_member(current_user, member_id), _roles_form()
    if not form.validate():
        return _page(person, roles=form), 422
    try:
        wanted, seen = set(form.roles.data or ()), set((form.seen.data or "").split())
        set_member_roles(current_user, member_id, wanted, among=wanted ^ seen)
    except Invalid as error:
        form.add_error(error)
        return _page(person, roles=form), 422
    return _saved(member_id)


@blueprint.post("/members/<int:member_id>/memberships")
@access("organisations.manage", rate="form")
def membership_set(member_id: int) -> ResponseReturnValue:
    """Let somebody belong to an organisation."""
    person, form = queries.get_member(current_user, member_id), _membership_form()
    if not form.validate():
        return _page(person, membership=form), 422
    try:
        memberships.set_membership(current_user, member_id, form.organisation.data, form.role.data)
    except Invalid as error:
        form.add_error(error)
        return _page(person, membership=form), 422
    return _saved(member_id)


@blueprint.post("/members/<int:member_id>/memberships/<int:organisation_id>/delete")
@access("organisations.manage", rate="form")
def membership_delete(member_id: int, organisation_id: int) -> ResponseReturnValue:
    """Let somebody no longer belong to an organisation."""
    try:
        memberships.delete_membership(current_user, member_id, organisation_id)
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.member_edit", member_id=member_id))
    return _saved(member_id)


def _page(person: Member, **forms: Any) -> str:
    may_change_roles = current_user.can("members.roles") and person.state != "person"
    held = sorted(list_held_roles(current_user, person.id))
    roles = forms.get("roles") or _roles_form(roles=held, seen=" ".join(held))
    return render_template(
        "portal/admin/member_edit.html",
        person=person,
        form=forms.get("form") or PersonForm(formdata=None, obj=person),
        roles=roles if may_change_roles else None,
        may_shut_out=current_user.can("members.disable") and has_roles_of(current_user, person.id),
        membership=forms.get("membership") or _membership_form(formdata=None),
        edited_alone=list_edited_alone(person.id) if person.is_active else [],
    )


def _roles_form(**data: Any) -> MemberRolesForm:
    form = MemberRolesForm(formdata=None, data=data) if data else MemberRolesForm()
    form.roles.choices = options((role.name, role.title) for role in list_roles())
    return form


def _membership_form(**data: Any) -> MembershipForm:
    form = MembershipForm(**data)
    form.organisation.choices = options((str(one.id), one.name) for one in list_organisations())
    return form


def _saved(member_id: int) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("admin.member_edit", member_id=member_id))
