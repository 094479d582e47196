"""Organisations: the list, new ones and changes."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import OrganisationForm
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.organisations.kinds import TITLES
from portal.organisations.laender import LAENDER
from portal.organisations.services import creating, queries
from portal.web.access import access

PAGE = "portal/admin/organisation_edit.html"


@blueprint.get("/organisations")
@access("organisations.manage")
def organisation_list() -> str:
    """Every organisation, by name."""
    found = queries.list_organisations()
    return render_template("portal/admin/organisation_list.html", organisations=found, kinds=TITLES, laender=LAENDER)


@blueprint.get("/organisations/new")
@access("organisations.manage")
def organisation_new() -> str:
    """The form for a new one."""
    return render_template(PAGE, form=OrganisationForm(), organisation=None)


@blueprint.post("/organisations/new")
@access("organisations.manage", rate="form")
def organisation_create() -> ResponseReturnValue:
    """Create an organisation."""
    form = OrganisationForm()
    if form.validate():
        try:
            creating.create_organisation(current_user, _data(form))
            return _saved()
        except Invalid as error:
            form.add_error(error)
    return render_template(PAGE, form=form, organisation=None), 422


@blueprint.get("/organisations/<slug>")
@access("organisations.manage")
def organisation_edit(slug: str) -> str:
    """The form for changes."""
    organisation = queries.get_organisation(slug)
    form = OrganisationForm(obj=organisation)
    return render_template(PAGE, form=form, organisation=organisation)


@blueprint.post("/organisations/<slug>")
@access("organisations.manage", rate="form")
def organisation_update(slug: str) -> ResponseReturnValue:
    """Keep the changes."""
    organisation, form = queries.get_organisation(slug), OrganisationForm()
    if form.validate():
        try:
            creating.update_organisation(current_user, slug, _data(form), form.seen_version)
            return _saved()
        except Invalid as error:
            form.add_error(error)
        except Conflict as conflict:
            form.show_conflict(conflict, organisation)
            return render_template(PAGE, form=form, organisation=organisation), 409
    return render_template(PAGE, form=form, organisation=organisation), 422


def _data(form: OrganisationForm) -> creating.OrganisationData:
    fields = (form.name, form.short_name, form.kind, form.land, form.town)
    return creating.OrganisationData(*(str(field.data or "") for field in fields))


def _saved() -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("admin.organisation_list"))
