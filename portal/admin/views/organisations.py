"""Organisations: the list, new ones and changes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import OrganisationForm
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.organisations.kinds import TITLES
from portal.organisations.models import Organisation
from portal.organisations.services import creating, queries
from portal.topics.laender import LAENDER
from portal.web.access import access


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
    return _page(OrganisationForm())


@blueprint.post("/organisations/new")
@access("organisations.manage", rate="form")
def organisation_create() -> ResponseReturnValue:
    """Create an organisation."""
    form = OrganisationForm()
    if not form.validate():
        return _page(form), 422
    try:
        creating.create_organisation(current_user, _data(form))
    except Invalid as error:
        return _refused(form, error), 422
    return _saved()


@blueprint.get("/organisations/<slug>")
@access("organisations.manage")
def organisation_edit(slug: str) -> str:
    """The form for changes."""
    organisation = queries.get_organisation(slug)
    return _page(OrganisationForm(obj=organisation), organisation)


@blueprint.post("/organisations/<slug>")
@access("organisations.manage", rate="form")
def organisation_update(slug: str) -> ResponseReturnValue:
    """Keep the changes."""
    organisation, form = queries.get_organisation(slug), OrganisationForm()
    if not form.validate():
        return _page(form, organisation), 422
    try:
        creating.update_organisation(current_user, slug, _data(form), form.seen_version)
    except Invalid as error:
        return _refused(form, error, organisation), 422
    except Conflict as conflict:
        form.show_conflict(conflict, organisation)
        return _page(form, organisation), 409
    return _saved()


def _page(form: OrganisationForm, organisation: Organisation | None = None, **shown: Any) -> str:
    values = {"existing": None, **shown}
    return render_template("portal/admin/organisation_edit.html", form=form, organisation=organisation, **values)


def _refused(form: OrganisationForm, error: Invalid, organisation: Organisation | None = None) -> str:
    """The form with the refusal, and the way to the organisation that it names."""
    form.add_error(error)
    slug = error.details.get("slug")
    return _page(form, organisation, existing=queries.get_organisation(slug) if slug else None)


def _data(form: OrganisationForm) -> creating.OrganisationData:
    fields = (form.name, form.short_name, form.kind, form.land, form.town)
    return creating.OrganisationData(*(str(field.data or "") for field in fields))


def _saved() -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("admin.organisation_list"))
