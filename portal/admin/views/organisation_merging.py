"""Merging an organisation into another: chosen, shown, then done."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.views.blueprint import blueprint
from portal.database.work import rollback
from portal.errors import Conflict, Invalid
from portal.organisations.models import Organisation
from portal.organisations.services import merging, queries
from portal.web.access import access
from portal.web.redirects import moved_to
from portal.web.sentences import sentence_of


@blueprint.get("/organisations/<slug>/merge")
@access("organisations.manage", confirmed=True)
def organisation_merge(slug: str) -> ResponseReturnValue:
    """Into which other organisation."""
    gone = queries.get_organisation(slug)
    return _choose_page(gone) if gone.slug == slug else moved_to(slug=gone.slug)


@blueprint.post("/organisations/<slug>/merge")
@access("organisations.manage", rate="form", confirmed=True)
def organisation_merge_preview(slug: str) -> ResponseReturnValue:
    """Show what would move; nothing is changed."""
    gone, kept = queries.get_organisation(slug), _kept()
    try:
        return _preview_page(gone, kept)
    except (Invalid, Conflict) as error:
        return _choose_page(gone, sentence_of(error)), 422


@blueprint.post("/organisations/<slug>/merge/confirmed")
@access("organisations.manage", rate="form", confirmed=True)
def organisation_merge_confirmed(slug: str) -> ResponseReturnValue:
    """Merge them, unless something changed since the preview: then it is shown anew."""
    gone, kept = queries.get_organisation(slug), _kept()
    name = gone.name
    try:
        merged = merging.merge_organisations(current_user, kept.slug, slug, request.form.get("stamp", ""))
    except Invalid as error:
        return _choose_page(gone, sentence_of(error)), 422
    except Conflict as conflict:
        return _overtaken(slug, kept.slug, sentence_of(conflict))
    flash(_("%(gone)s is part of %(kept)s now.", gone=name, kept=merged.name), "success")
    return redirect(url_for("organisations.organisation_show", slug=merged.slug))


def _overtaken(slug: str, kept_slug: str, problem: str) -> ResponseReturnValue:
    """What was moved in this unit of work is undone, since the answer is an error."""
    rollback()
    gone, kept = queries.get_organisation(slug), queries.get_organisation(kept_slug)
    try:
        return _preview_page(gone, kept, problem), 409
    except Conflict:
        return _choose_page(gone, problem), 409


def _kept() -> Organisation:
    return queries.get_organisation(request.form.get("kept", "")[:120].replace("\0", ""))


def _choose_page(gone: Organisation, problem: str = "") -> str:
    others = [one for one in queries.list_organisations() if one.id != gone.id]
    values = {"gone": gone, "others": others, "problem": problem, "kept": request.form.get("kept", "")}
    return render_template("portal/admin/organisation_merge.html", **values)


def _preview_page(gone: Organisation, kept: Organisation, problem: str = "") -> str:
    preview = merging.preview_merge(current_user, kept.slug, gone.slug)
    values = {"gone": gone, "kept": kept, "preview": preview, "problem": problem}
    return render_template("portal/admin/organisation_merge_preview.html", **values)
