"""The pages below /sampleid/."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from portal.sdk.access import MEMBER, Actor, access
from portal.sdk.errors import Invalid
from portal.sdk.i18n import gettext as _
from portal.sdk.web import PortalBlueprint

from portal_sampleid.forms import EntryForm
from portal_sampleid.permissions import WRITE
from portal_sampleid.services import entries, queries

blueprint = PortalBlueprint("sampleid", __name__)


@blueprint.get("/")
@access(MEMBER)
def entry_list() -> str:
    """The newest entries, and the form for those who may write one."""
    return _list_page(EntryForm())


@blueprint.get("/<int:entry_id>")
@access(MEMBER)
def entry_show(entry_id: int) -> str:
    """One entry."""
    return render_template("sampleid/entry_show.html", entry=queries.get_entry(current_user, entry_id))


@blueprint.post("/")
@access(WRITE, rate="form")
def entry_create() -> ResponseReturnValue:
    """Write an entry."""
    form = EntryForm()
    if not form.validate():
        return _list_page(form), 400
    try:
        entry = entries.create_entry(current_user, form.title.data or "", form.text.data or "")
    except Invalid as error:
        form.add_error(error)
        return _list_page(form), 400
    flash(_("The entry is there for all members."), "success")
    return redirect(url_for("sampleid.entry_show", entry_id=entry.id))


def _list_page(form: EntryForm) -> str:
    shown = queries.list_entries(current_user)
    return render_template("sampleid/entry_list.html", entries=shown, form=form, may_write=current_user.can(WRITE))


def render_card(member: Actor) -> str:
    """The newest entries for the dashboard; "" shows no card."""
    newest = queries.list_entries(member, limit=3)
    return render_template("sampleid/card.html", entries=newest) if newest else ""
