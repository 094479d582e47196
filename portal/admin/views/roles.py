"""Roles and what they grant."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import RoleForm
from portal.admin.services import grants
from portal.admin.views.blueprint import blueprint
from portal.database import after_commit
from portal.errors import Invalid
from portal.permissions.registry import Permission
from portal.permissions.services.roles import BUILT_IN
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.get("/roles")
@access("members.roles")
def role_list() -> str:
    """Every role, how many hold it and what it grants."""
    return render_template(
        "portal/admin/role_list.html",
        roles=grants.list_roles_with_grants(current_user),
        holders=grants.count_holders(current_user),
        permissions={one.name: one for one in _in_force()},
        form=RoleForm(formdata=None),
    )


@blueprint.post("/roles")
@access("members.roles", rate="form", confirmed=True)
def role_create() -> ResponseReturnValue:
    """Make a role and go on to what it grants."""
    form = RoleForm()
    try:
        role = grants.create_role(current_user, form.title.data or "")
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.role_list"))
    _tell_all()
    return redirect(url_for("admin.role_edit", name=role.name))


@blueprint.post("/roles/<name>/rename")
@access("members.roles", rate="form", confirmed=True)
def role_rename(name: str) -> ResponseReturnValue:
    """Give a role another title."""
    try:
        role = grants.rename_role(current_user, name, RoleForm().title.data or "")
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.role_edit", name=name))
    flash(_("The role “%(title)s” is saved.", title=role.title), "success")
    return redirect(url_for("admin.role_list"))


@blueprint.post("/roles/<name>/delete")
@access("members.roles", rate="form", confirmed=True)
def role_delete(name: str) -> ResponseReturnValue:
    """Delete a role for everybody who holds it."""
    try:
        title = grants.delete_role(current_user, name)
    except Invalid as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.role_edit", name=name))
    _tell_all()
    flash(_("The role “%(title)s” is deleted.", title=title), "success")
    return redirect(url_for("admin.role_list"))


@blueprint.get("/roles/<name>")
@access("members.roles")
def role_edit(name: str) -> str:
    """What one role grants."""
    role = grants.get_role(current_user, name)
    granted = {grant.permission for grant in role.grants}
    return render_template(
        "portal/admin/role_edit.html",
        role=role,
        granted=granted,
        groups=_by_owner(),
        holders=grants.count_holders(current_user).get(role.id, 0),
        form=RoleForm(formdata=None, obj=role),
        is_built_in=role.name in BUILT_IN,
    )


@blueprint.post("/roles/<name>")
@access("members.roles", rate="form", confirmed=True)
def role_update(name: str) -> ResponseReturnValue:
    """Keep what was changed in the form, so that no admin undoes another's change; it counts everywhere in a second."""
    ticked, seen = set(request.form.getlist("permission")), set(request.form.getlist("seen"))
    changed = (ticked ^ seen) & {one.name for one in _in_force()}
    role = grants.set_role_grants(current_user, name, ticked, changed)
    _tell_all()
    flash(_("The role “%(title)s” is saved.", title=role.title), "success")
    return redirect(url_for("admin.role_list"))


def _tell_all() -> None:
    after_commit(partial(the_host().sync, force=True))


def _in_force() -> list[Permission]:
    host = the_host()
    return [one for one in host.permissions.all() if host.owns_now(one.owner)]


def _by_owner() -> list[tuple[str, list[Permission]]]:
    """Permissions in groups, those of the core first."""
    host = the_host()
    groups: dict[str, list[Permission]] = {"": []}
    for permission in _in_force():
        plugin = host.plugins.get(permission.owner)
        title = str(plugin.manifest.title) if plugin and plugin.manifest else ""
        groups.setdefault(title, []).append(permission)
    return list(groups.items())
