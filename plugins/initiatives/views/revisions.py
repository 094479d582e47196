"""The versions of a profile, for its editors: listed, shown, compared, restored."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from plugins.initiatives.services.history import get_pair, get_revision_of, list_history
from plugins.initiatives.services.profiles import restore_revision
from plugins.initiatives.services.queries import list_topics
from plugins.initiatives.services.sheets import present_values
from plugins.initiatives.views.addresses import follows_old_addresses
from plugins.initiatives.views.blueprint import blueprint
from plugins.initiatives.views.profiles import sheet_frame
from plugins.initiatives.views.wording import changes_in_words
from plugins.initiatives.words import FIELD_TITLES
from portal.sdk.access import MEMBER, access
from portal.sdk.errors import Invalid, NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.web import sentence_of


def _number(text: str) -> int:
    if len(text) > 9:
        raise ValueError("no revision has so high a number")
    return int(text)


@blueprint.get("/<slug>/revisions")
@access(MEMBER)
@follows_old_addresses
def revision_list(slug: str) -> str:
    """Who changed what and when, newest first."""
    history = list_history(current_user, slug, request.args.get("before", type=_number))
    return render_template("initiatives/revision_list.html", history=history, profile=history.profile)


@blueprint.get("/<slug>/revisions/<int(max=999999999):number>")
@access(MEMBER)
@follows_old_addresses
def revision_show(slug: str, number: int) -> str:
    """The profile as it looked in one version."""
    profile, revision = get_revision_of(current_user, slug, number)
    sheet = present_values(current_user, profile.organisation, revision.data, list_topics())
    return render_template("initiatives/revision_show.html", profile=profile, revision=revision, **sheet_frame(sheet))


@blueprint.get("/<slug>/revisions/compare")
@access(MEMBER)
@follows_old_addresses
def revision_compare(slug: str) -> str:
    """What changed between two versions."""
    older, newer = (request.args.get(name, type=_number) for name in ("older", "newer"))
    if older is None or newer is None:
        raise NotFound
    profile, first, second = get_pair(current_user, slug, older, newer)
    changes = changes_in_words(first.data, second.data, list_topics())
    return render_template(
        "initiatives/revision_compare.html",
        profile=profile,
        older=first,
        newer=second,
        changes=changes,
        titles=FIELD_TITLES,
    )


@blueprint.post("/<slug>/revisions/<int(max=999999999):number>/restore")
@access(MEMBER, rate="form")
@follows_old_addresses
def revision_restore(slug: str, number: int) -> ResponseReturnValue:
    """Bring an earlier version back, as a new one."""
    try:
        restore_revision(current_user, slug, number, _("Version %(number)s restored", number=number))
    except Invalid as error:
        flash(sentence_of(error), "error")
        return redirect(url_for("initiatives.revision_list", slug=slug))
    flash(_("Version %(number)s is back. Nothing was lost: it stands as a new version.", number=number), "success")
    return redirect(url_for("initiatives.profile_show", slug=slug))
