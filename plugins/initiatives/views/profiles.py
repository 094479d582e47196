"""A profile's page, its beginning, publishing and confirming."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from plugins.initiatives.forms import ProfileCreateForm
from plugins.initiatives.geography.germany import OUTLINES
from plugins.initiatives.geography.picture import draw
from plugins.initiatives.services.completeness import measure_completeness
from plugins.initiatives.services.profiles import (
    confirm_profile,
    create_profile,
    publish_profile,
    unpublish_profile,
)
from plugins.initiatives.services.queries import get_profile, list_without_profile
from plugins.initiatives.services.rules import may_edit
from plugins.initiatives.services.sheets import Sheet, present_profile
from plugins.initiatives.views.addresses import follows_old_addresses
from plugins.initiatives.views.blueprint import blueprint
from plugins.initiatives.words import FIELD_TITLES
from portal.sdk.access import MEMBER, PUBLIC, access
from portal.sdk.errors import Invalid
from portal.sdk.i18n import gettext as _
from portal.sdk.network import KIND_TITLES, LAENDER
from portal.sdk.web import options, sentence_of


@blueprint.get("/<slug>")
@access(PUBLIC)
@follows_old_addresses
def profile_show(slug: str) -> ResponseReturnValue:
    """What an initiative tells of itself; old addresses lead to the present one."""
    profile = get_profile(current_user, slug)
    return render_template(
        "initiatives/profile_show.html",
        profile=profile,
        may_edit=may_edit(current_user, profile.organisation),
        completeness=measure_completeness(profile),
        **sheet_frame(present_profile(current_user, profile)),
    )


def sheet_frame(sheet: Sheet) -> dict[str, object]:
    """What the templates of a sheet need beside what is special of their page."""
    return {
        "sheet": sheet,
        "picture": draw([sheet], {}, sheet.organisation.land) if sheet.latitude is not None else None,
        "outlines": OUTLINES,
        "laender": LAENDER,
        "kind": KIND_TITLES.get(sheet.organisation.kind, ""),
        "titles": FIELD_TITLES,
    }


@blueprint.route("/new", methods=["GET", "POST"])
@access(MEMBER, rate="form")
def profile_create() -> ResponseReturnValue:
    """Begin the profile of an organisation that has none."""
    organisations = list_without_profile(current_user)
    form = ProfileCreateForm()
    form.organisation_id.choices = options((str(one.id), one.name) for one in organisations)
    if form.validate_on_submit():
        try:
            profile = create_profile(current_user, form.organisation_id.data)
        except Invalid as error:
            form.add_error(error)
        else:
            flash(_("The profile is begun as a draft. Only you and your colleagues see it."), "success")
            return redirect(url_for("initiatives.profile_edit", slug=profile.organisation.slug))
    status = 400 if request.method == "POST" else 200
    return render_template("initiatives/profile_create.html", form=form, organisations=organisations), status


@blueprint.post("/<slug>/publish")
@access(MEMBER, rate="form")
@follows_old_addresses
def profile_publish(slug: str) -> ResponseReturnValue:
    """Show the profile to those it is meant for."""
    try:
        publish_profile(current_user, slug)
    except Invalid as error:
        flash(sentence_of(error), "error")
        return redirect(url_for("initiatives.profile_edit", slug=slug))
    flash(_("The profile is published."), "success")
    return redirect(url_for("initiatives.profile_show", slug=slug))


@blueprint.post("/<slug>/unpublish")
@access(MEMBER, rate="form")
@follows_old_addresses
def profile_unpublish(slug: str) -> ResponseReturnValue:
    """Make the profile a draft again."""
    unpublish_profile(current_user, slug)
    flash(_("The profile is a draft again. Only you and your colleagues see it."), "success")
    return redirect(url_for("initiatives.profile_show", slug=slug))


@blueprint.post("/<slug>/confirm")
@access(MEMBER, rate="form")
@follows_old_addresses
def profile_confirm(slug: str) -> ResponseReturnValue:
    """Say that everything in the profile is still true."""
    confirm_profile(current_user, slug)
    flash(_("Thank you: the profile is confirmed as of today."), "success")
    return redirect(url_for("initiatives.profile_show", slug=slug))
