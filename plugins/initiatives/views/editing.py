"""The form of a profile: what was typed is never lost, whatever happens on the way."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from plugins.initiatives.forms import ProfileForm
from plugins.initiatives.models import Profile
from plugins.initiatives.services.content import FIELDS, check_content, snapshot
from plugins.initiatives.services.history import get_to_edit
from plugins.initiatives.services.profiles import Edit, update_profile
from plugins.initiatives.services.queries import list_topics
from plugins.initiatives.services.sheets import present_values
from plugins.initiatives.views.addresses import follows_old_addresses
from plugins.initiatives.views.blueprint import blueprint
from plugins.initiatives.views.profiles import sheet_frame
from plugins.initiatives.views.wording import changes_in_words
from plugins.initiatives.words import FIELD_TITLES
from portal.sdk.access import MEMBER, access
from portal.sdk.errors import Conflict, Invalid
from portal.sdk.i18n import gettext as _
from portal.sdk.web import options


@blueprint.route("/<slug>/edit", methods=["GET", "POST"])
@access(MEMBER, rate="form")
@follows_old_addresses
def profile_edit(slug: str) -> ResponseReturnValue:
    """Edit, look at the preview, go on editing or save, as the pressed button says."""
    profile = get_to_edit(current_user, slug)
    form = _form(data={**snapshot(profile), "revision": profile.revision})
    if request.method == "GET":
        return _form_page(profile, form)
    if not form.validate():
        return _form_page(profile, form), 400
    match request.form.get("then"):
        case "edit":
            return _form_page(profile, form)
        case "preview":
            return _preview_page(profile, form)
        case _:
            return _save(profile, form)


def _form(**given: Any) -> ProfileForm:
    form = ProfileForm(**given)
    form.topics.choices = options((topic.slug, topic.title) for topic in list_topics())
    return form


def _form_page(profile: Profile, form: ProfileForm) -> str:
    return render_template("initiatives/profile_edit.html", profile=profile, form=form)


def _preview_page(profile: Profile, form: ProfileForm) -> ResponseReturnValue:
    try:
        check_content(form.values)
    except Invalid as error:
        form.add_error(error)
        return _form_page(profile, form), 400
    sheet = present_values(current_user, profile.organisation, form.values, list_topics())
    return render_template("initiatives/profile_preview.html", profile=profile, form=form, **sheet_frame(sheet))


def _save(profile: Profile, form: ProfileForm) -> ResponseReturnValue:
    taken = frozenset(name for name in FIELDS if request.form.get(f"take-{name}") == "theirs")
    edit = Edit(form.values, form.start, form.comment.data or "", taken)
    try:
        saved = update_profile(current_user, profile.organisation.slug, edit)
    except Invalid as error:
        form.add_error(error)
        return _form_page(profile, form), 400
    except Conflict as conflict:
        return _conflict_page(profile, form.comment.data, conflict), 409
    flash(_saved_sentence(saved.is_merged), "success")
    if saved.profile.latitude is None:
        flash(_("The town was not found, so there is no pin on the map yet. You can set it by hand."), "warning")
    return redirect(url_for("initiatives.profile_show", slug=saved.profile.organisation.slug))


def _saved_sentence(is_merged: bool) -> str:
    if is_merged:
        return _("Saved. A colleague edited other fields meanwhile; both changes are kept.")
    return _("Saved.")


def _conflict_page(profile: Profile, comment: str | None, conflict: Conflict) -> str:
    """Both texts of each field that two people changed; all else waits in hidden fields to be sent again."""
    if not conflict.details:
        raise conflict
    details = conflict.details
    form = _form(formdata=None, data={**details["mine"], "revision": details["latest"].number, "comment": comment})
    changes = {change.name: change for change in changes_in_words(details["mine"], details["theirs"], list_topics())}
    return render_template(
        "initiatives/profile_conflict.html",
        profile=profile,
        form=form,
        latest=details["latest"],
        changes=[changes[name] for name in details["clashes"]],
        titles=FIELD_TITLES,
    )
