"""The directory, a person's page and one's own details."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Conflict, Invalid
from portal.members.forms import MeForm
from portal.members.services import editing, queries
from portal.permissions.actor import MEMBER, Actor
from portal.web.access import access
from portal.web.locale import locale_chosen

blueprint = Blueprint("members", __name__)


@blueprint.get("/members/")
@access(MEMBER)
def member_list() -> str:
    """The directory of people, by last name."""
    wanted = queries.MemberFilter(words=request.args.get("q", "")[:100], after=request.args.get("after", "")[:200])
    page = queries.list_directory(current_user, wanted)
    return render_template("portal/members/member_list.html", page=page, wanted=wanted)


@blueprint.get("/members/<int:member_id>")
@access(MEMBER)
def member_show(member_id: int) -> str:
    """One person: what they do and where they belong."""
    person = queries.get_member(current_user, member_id)
    show_address = queries.can_see_address(current_user, person)
    return render_template("portal/members/member_show.html", person=person, show_address=show_address)


@blueprint.get("/me")
@access(MEMBER)
def me_edit() -> str:
    """What I say of myself."""
    me = queries.get_self(current_user)
    return _me_page(MeForm(obj=me), me)


@blueprint.post("/me")
@access(MEMBER, rate="form")
def me_update() -> ResponseReturnValue:
    """Keep what I say of myself."""
    me, form = queries.get_self(current_user), MeForm()
    if not form.validate():
        return _me_page(form, me), 422
    name, function, locale = form.name.data or "", form.function.data or "", form.locale.data or ""
    try:
        editing.update_own_profile(current_user, name, function, locale, form.seen_version)
    except Invalid as error:
        form.add_error(error)
        return _me_page(form, me), 422
    except Conflict as conflict:
        form.show_conflict(conflict, me)
        return _me_page(form, me), 409
    flash(_("Your details are saved."), "success")
    response = redirect(url_for("members.me_edit"))
    response.delete_cookie("locale", samesite="Lax")  # an older choice on this device must not hide this one
    return response


def _me_page(form: MeForm, me: Any) -> str:
    return render_template("portal/members/me_edit.html", form=form, me=me, roles=queries.list_role_titles(me.id))


@locale_chosen.connect
def keep_locale(sender: object, member: Actor, locale: str) -> None:
    """Keep a language chosen in the header in the member's row, for mails and other devices."""
    editing.set_locale(member, locale)
