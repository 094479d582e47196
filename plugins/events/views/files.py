"""Files and photos: uploading, describing, deleting, choosing the cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import BinaryIO, cast

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from plugins.events.forms import FileForm, UploadForm
from plugins.events.models import Event, Section
from plugins.events.permissions import EDIT
from plugins.events.services import attachments, covers, queries
from plugins.events.views.blueprint import REFUSED, acting, blueprint, load_event, load_section
from plugins.events.views.gone import keeps_text
from portal.sdk.access import access
from portal.sdk.database import reading
from portal.sdk.errors import Conflict, Invalid
from portal.sdk.files import Description, Received
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import ngettext

BOTH = ("GET", "POST")


@blueprint.get("/<slug>/edit/files")
@access(EDIT)
def file_list(slug: str) -> ResponseReturnValue:
    """All files and photos of the event and its sections."""
    event = load_event(slug)
    return render_template(
        "events/file_list.html",
        event=event,
        upload_form=UploadForm(formdata=None),
        files=queries.list_files(acting(), event.id),
        section_titles={one.id: one.title for one in queries.list_all_sections(acting(), event.id)},
    )


@blueprint.post("/<slug>/edit/files")
@access(EDIT, rate="upload")
def file_upload(slug: str) -> ResponseReturnValue:
    """Add files to the event."""
    return _upload(partial(load_event, slug), url_for("events.file_list", slug=slug))


@blueprint.post("/<slug>/sections/<int:section_id>/files")
@access(EDIT, rate="upload")
def section_file_upload(slug: str, section_id: int) -> ResponseReturnValue:
    """Add files to a section."""
    target = url_for("events.section_edit", slug=slug, section_id=section_id, _anchor="files")
    return _upload(partial(load_section, slug, section_id), target)


@blueprint.route("/<slug>/files/<int:attachment_id>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(FileForm)
def file_edit(slug: str, attachment_id: int) -> ResponseReturnValue:
    """What is said about a file."""
    event = load_event(slug)
    file = queries.get_file_to_edit(acting(), event.id, attachment_id)
    form = FileForm(obj=file)
    status = REFUSED if form.is_submitted() else 200
    if form.validate_on_submit():
        said = {one.name: form[one.name].data or "" for one in fields(Description)}
        try:
            attachments.update_file(acting(), event.id, file.id, Description(**said), form.seen_version)
            flash(_("Saved."), "success")
            return redirect(url_for("events.file_list", slug=slug))
        except Conflict as conflict:
            form.show_conflict(conflict, file)
            status = 409
    return render_template("events/file_edit.html", form=form, event=event, file=file), status


@blueprint.post("/<slug>/files/<int:attachment_id>/delete")
@access(EDIT, rate="form")
def file_delete(slug: str, attachment_id: int) -> ResponseReturnValue:
    """Delete a file."""
    attachments.delete_file(acting(), load_event(slug).id, attachment_id)
    flash(_("The file is deleted."), "success")
    return redirect(url_for("events.file_list", slug=slug))


@blueprint.post("/<slug>/files/<int:attachment_id>/cover")
@access(EDIT, rate="form")
def file_cover(slug: str, attachment_id: int) -> ResponseReturnValue:
    """Put a photo at the event's head."""
    try:
        covers.choose_cover(acting(), load_event(slug).id, attachment_id)
        flash(_("The photo is the cover now. Whoever may see the event sees it."), "success")
    except Invalid as refusal:
        flash(_(refusal.message), "error")
    return redirect(url_for("events.file_list", slug=slug))


def _upload(find_owner: Callable[[], Event | Section], target: str) -> ResponseReturnValue:
    """Each file for itself: what is refused is named, the others are kept.

    All are taken in and looked into before anything is written: nobody else waits for that."""
    with reading():
        find_owner()  # nothing is taken in for what is not there
    received, refused = _receive([one for one in request.files.getlist("files") if one.filename])
    if received:
        owner = find_owner()
        for one in received:
            attachments.create_file(acting(), owner, one)
    elif not refused:
        refused.append(_("Please choose at least one file."))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" and refused:
        return jsonify(detail=" ".join(refused)), REFUSED
    return _tell(len(received), refused, target)


def _receive(uploads: list[FileStorage]) -> tuple[list[Received], list[str]]:
    received, refused = [], []
    for upload in uploads:
        name = upload.filename or ""
        try:
            received.append(attachments.receive_upload(acting(), name, cast(BinaryIO, upload.stream)))
        except Invalid as refusal:
            refused.append(f"{name}: {_(refusal.message, **refusal.details)}")
    return received, refused


def _tell(added: int, refused: list[str], target: str) -> ResponseReturnValue:
    if added:
        flash(ngettext("%(num)s file is added.", "%(num)s files are added.", added), "success")
    for sentence in refused:
        flash(sentence, "error")
    return redirect(target)
