"""The page of an organisation, and that of its people."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid
from portal.organisations.forms import HandOverForm
from portal.organisations.kinds import TITLES
from portal.organisations.models import Membership, Organisation
from portal.organisations.services import queries, teams
from portal.organisations.services.memberships import EDITOR, delete_membership, may_change_people, set_membership
from portal.permissions.actor import MEMBER, PUBLIC
from portal.topics.laender import LAENDER
from portal.web.access import access
from portal.web.forms import options
from portal.web.redirects import moved_to
from portal.web.sentences import sentence_of

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations/<slug>")
@access(PUBLIC)
def organisation_show(slug: str) -> ResponseReturnValue:
    """What an organisation is, who belongs to it (for members), and what plugins know of it."""
    organisation = queries.get_organisation(slug)
    if organisation.slug != slug:
        return moved_to(slug=organisation.slug)
    people = queries.list_people(current_user, organisation.id)
    return render_template(
        "portal/organisations/organisation_show.html",
        organisation=organisation,
        people=people,
        kind=TITLES.get(organisation.kind, ""),
        land=LAENDER.get(organisation.land, ""),
        may_change_people=may_change_people(current_user, organisation.id),
    )


@blueprint.get("/organisations/<slug>/members")
@access(MEMBER)
def member_list(slug: str) -> ResponseReturnValue:
    """The people of an organisation, for its editors and the office."""
    organisation = queries.get_organisation(slug)
    people = teams.list_team(current_user, organisation)
    if organisation.slug != slug:
        return moved_to(slug=organisation.slug)
    return _page(organisation, people, _hand_over_form(people))


@blueprint.post("/organisations/<slug>/members/<int:member_id>/role")
@access(MEMBER, rate="form")
def member_role(slug: str, member_id: int) -> ResponseReturnValue:
    """Make somebody an editor, or one who is none any more."""
    organisation = queries.get_organisation(slug)
    try:
        membership = set_membership(current_user, member_id, organisation.id, request.form.get("role", ""))
    except Invalid as error:
        return _refused(organisation, error)
    is_editor = membership.role == EDITOR
    text = _("%(name)s is an editor now.") if is_editor else _("%(name)s is no editor any more.")
    flash(text % {"name": membership.member.name}, "success")
    return _back(organisation, member_id if not is_editor else 0)


@blueprint.post("/organisations/<slug>/members/<int:member_id>/remove")
@access(MEMBER, rate="form")
def member_remove(slug: str, member_id: int) -> ResponseReturnValue:
    """Let somebody no longer belong to the organisation."""
    organisation = queries.get_organisation(slug)
    try:
        name = delete_membership(current_user, member_id, organisation.id)
    except Invalid as error:
        return _refused(organisation, error)
    flash(_("%(name)s no longer belongs to %(organisation)s.", name=name, organisation=organisation.name), "success")
    return _back(organisation, member_id)


@blueprint.post("/organisations/<slug>/members/hand-over")
@access(MEMBER, rate="form")
def member_hand_over(slug: str) -> ResponseReturnValue:
    """Make somebody editor and let another step down, in one step."""
    organisation = queries.get_organisation(slug)
    people = teams.list_team(current_user, organisation)
    form = _hand_over_form(people)
    if not form.validate():
        return _page(organisation, people, form), 422
    try:
        teams.hand_over(current_user, organisation.id, form.leaving.data, form.successor.data)
    except Invalid as error:
        form.add_error(error)
        return _page(organisation, people, form), 422
    names = {one.member_id: one.member.name for one in people}
    flash(_("%(name)s is an editor now.", name=names[form.successor.data]), "success")
    return _back(organisation, form.leaving.data)


def _page(organisation: Organisation, people: list[Membership], form: HandOverForm) -> str:
    shown = {"organisation": organisation, "people": people, "form": form}
    return render_template("portal/organisations/member_list.html", **shown)


def _hand_over_form(people: list[Membership]) -> HandOverForm:
    """Editors hand over their own part; the office that of any editor. To whom: somebody with an account."""
    form, own = HandOverForm(), current_user.id
    editors = [one for one in people if one.role == EDITOR]
    if not current_user.can("organisations.manage"):
        editors = [one for one in editors if one.member_id == own]
    active = [one for one in people if one.member.is_active and (len(editors) != 1 or one not in editors)]
    form.leaving.choices = options((str(one.member_id), one.member.name) for one in editors)
    form.successor.choices = options((str(one.member_id), one.member.name) for one in active)
    return form


def _refused(organisation: Organisation, error: Invalid) -> ResponseReturnValue:
    flash(sentence_of(error), "danger")
    return redirect(url_for("organisations.member_list", slug=organisation.slug))


def _back(organisation: Organisation, who_left: int) -> ResponseReturnValue:
    """To the list, or to the organisation's page for who has just given up what the list needs."""
    is_out = who_left == current_user.id and not current_user.can("organisations.manage")
    page = "organisations.organisation_show" if is_out else "organisations.member_list"
    return redirect(url_for(page, slug=organisation.slug))
