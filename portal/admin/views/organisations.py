"""Organisations: the list, new ones, changes, the archive."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.forms import OrganisationForm
from portal.admin.views.blueprint import blueprint
from portal.errors import Conflict, Invalid
from portal.organisations.kinds import TITLES
from portal.organisations.models import Organisation
from portal.organisations.services import archiving, creating, queries
from portal.organisations.services.successors import count_editors
from portal.topics.laender import LAENDER
from portal.web.access import access
from portal.web.paging import read_number
from portal.web.redirects import moved_to
from portal.web.sentences import sentence_of


@blueprint.get("/organisations")
@access("organisations.manage")
def organisation_list() -> str:
    """Every organisation, by name; the archived ones on a list of their own."""
    is_archive = "archived" in request.args
    archived = queries.list_archived(current_user)
    return render_template(
        "portal/admin/organisation_list.html",
        organisations=archived if is_archive else queries.list_organisations(),
        is_archive=is_archive,
        archived=len(archived),
        editors=count_editors(current_user),
        kinds=TITLES,
        laender=LAENDER,
    )


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
    return _saved(_("Saved."))


@blueprint.get("/organisations/<slug>")
@access("organisations.manage")
def organisation_edit(slug: str) -> ResponseReturnValue:
    """The form for changes."""
    organisation = queries.get_organisation(slug)
    if organisation.slug != slug:
        return moved_to(slug=organisation.slug)
    return _page(OrganisationForm(obj=organisation), organisation)


@blueprint.post("/organisations/<slug>")
@access("organisations.manage", rate="form")
def organisation_update(slug: str) -> ResponseReturnValue:
    """Keep the changes."""
    organisation, form = queries.get_organisation(slug), OrganisationForm()
    creating.check_open(organisation)
    if not form.validate():
        return _page(form, organisation), 422
    try:
        creating.update_organisation(current_user, slug, _data(form), form.seen_version)
    except Invalid as error:
        return _refused(form, error, organisation), 422
    except Conflict as conflict:
        form.show_conflict(conflict, organisation)
        return _page(form, organisation), 409
    return _saved(_("Saved."))


@blueprint.post("/organisations/<slug>/archive")
@access("organisations.manage", rate="form")
def organisation_archive(slug: str) -> ResponseReturnValue:
    """Take it out of lists and choices."""
    return _switch(slug, archiving.archive_organisation, _("%(name)s is archived."))


@blueprint.post("/organisations/<slug>/restore")
@access("organisations.manage", rate="form")
def organisation_restore(slug: str) -> ResponseReturnValue:
    """Bring it back."""
    return _switch(slug, archiving.restore_organisation, _("%(name)s is back in lists and choices."))


def _switch(slug: str, change: Any, text: str) -> ResponseReturnValue:
    try:
        organisation = change(current_user, slug, read_number(request.form.get("version")) or 0)
    except (Invalid, Conflict) as error:
        flash(sentence_of(error), "danger")
        return redirect(url_for("admin.organisation_edit", slug=slug))
    return _saved(text % {"name": organisation.name})


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


def _saved(text: str) -> ResponseReturnValue:
    flash(text, "success")
    return redirect(url_for("admin.organisation_list"))
