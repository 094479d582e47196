"""The pages of notes."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask_login import current_user
from portal.sdk.access import MEMBER, access
from portal.sdk.web import PortalBlueprint
from portal_notes.services import notes

blueprint = PortalBlueprint("notes", __name__)


@blueprint.get("/")
@access(MEMBER)
def note_list() -> str:
    """The newest notes."""
    return render_template("notes/note_list.html", notes=notes.list_notes(current_user))


@blueprint.post("/")
@access("notes.write", rate="form")
def note_create() -> Response:
    """Write a note."""
    notes.create_note(current_user, request.form.get("title", ""), request.form.get("text", ""))
    return redirect(url_for("notes.note_list"))  # type: ignore[return-value]
