"""Merging a person without account into another entry: chosen, shown, then done."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Conflict, Invalid, NotFound
from portal.invitations.views.blueprint import blueprint
from portal.members.services import merging, queries
from portal.web.access import access
from portal.web.paging import read_number
from portal.web.sentences import sentence_of


@blueprint.get("/admin/members/<int:member_id>/merge")
@access("members.merge", confirmed=True)
def merge_choose(member_id: int) -> str:
    """Whom the person is: those of a like name first."""
    return _choose_page(member_id)


@blueprint.post("/admin/members/<int:member_id>/merge")
@access("members.merge", rate="form", confirmed=True)
def merge_preview(member_id: int) -> ResponseReturnValue:
    """Show what would move; nothing is changed."""
    kept_id = _kept_id()
    try:
        moved = merging.preview_merge(current_user, kept_id, member_id)
    except (Invalid, Conflict) as error:
        return _choose_page(member_id, sentence_of(error)), 422
    gone, kept = queries.get_member(current_user, member_id), queries.get_member(current_user, kept_id)
    return render_template("portal/invitations/merge_preview.html", gone=gone, kept=kept, moved=moved)


@blueprint.post("/admin/members/<int:member_id>/merge/confirmed")
@access("members.merge", rate="form", confirmed=True)
def merge_confirmed(member_id: int) -> ResponseReturnValue:
    """Merge them."""
    try:
        kept = merging.merge_people(current_user, _kept_id(), member_id)
    except (Invalid, Conflict) as error:
        return _choose_page(member_id, sentence_of(error)), 422
    flash(_("%(name)s is in the portal once now.", name=kept.name), "success")
    return redirect(url_for("admin.member_edit", member_id=kept.id))


def _choose_page(member_id: int, problem: str = "") -> str:
    gone = queries.get_member(current_user, member_id)
    words = request.args.get("q", gone.name.split()[-1])[:100]
    others = merging.list_candidates(current_user, member_id, words)
    values = {"gone": gone, "words": words, "others": others, "problem": problem}
    return render_template("portal/invitations/merge_choose.html", **values)


def _kept_id() -> int:
    number = read_number(request.form.get("kept"))
    if number is None:
        raise NotFound
    return number
