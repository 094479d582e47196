"""Putting the programme together."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import SectionForm, UploadForm
from plugins.events.permissions import EDIT
from plugins.events.services import queries, sections
from plugins.events.views.asking import ask_again, seen_version
from plugins.events.views.blueprint import acting, answer_form, blueprint, load_event, load_section
from plugins.events.views.gone import keeps_text
from portal.sdk.access import access
from portal.sdk.errors import Conflict, NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.web import read_number

BOTH = ("GET", "POST")
STEPS = {"up": -1, "down": 1}


@blueprint.get("/<slug>/edit/programme")
@access(EDIT)
def section_list(slug: str) -> ResponseReturnValue:
    """All sections, to be ordered."""
    event = load_event(slug)
    found = queries.list_all_sections(acting(), event.id)
    return render_template("events/section_list.html", event=event, sections=found)


@blueprint.post("/<slug>/edit/programme")
@access(EDIT, rate="form")
def section_order(slug: str) -> ResponseReturnValue:
    """Move one section by a button, or take over the whole order."""
    event = load_event(slug)
    direction, _colon, key = request.form.get("move", "").partition(":")
    section_id = read_number(key)
    if direction in STEPS and section_id is not None:
        _move(event.id, section_id, STEPS[direction])
    else:
        ids = [read_number(one) for one in request.form.get("order", "").split(",")]
        sections.order_sections(acting(), event.id, [one for one in ids if one is not None])
        flash(_("The order is saved."), "success")
    return redirect(url_for("events.section_list", slug=slug))


@blueprint.route("/<slug>/sections/new", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(SectionForm)
def section_create(slug: str) -> ResponseReturnValue:
    """A new section at the end of the programme."""
    event = load_event(slug)
    form = SectionForm(kind=request.args.get("kind", "lab"), audience_choice="inherit")

    def change() -> ResponseReturnValue:
        section = sections.create_section(acting(), event.id, form.values(), form.key)
        flash(_("The section is saved. Pitches, results and files can be added now."), "success")
        return redirect(url_for("events.section_edit", slug=slug, section_id=section.id))

    return answer_form(
        form, None, change, lambda: render_template("events/section_create.html", form=form, event=event)
    )


@blueprint.route("/<slug>/sections/<int:section_id>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(SectionForm, "events.section_create")
def section_edit(slug: str, section_id: int) -> ResponseReturnValue:
    """A section's texts, with its pitches, results and files."""
    section = load_section(slug, section_id)
    form = SectionForm(obj=section)

    def change() -> ResponseReturnValue:
        sections.update_section(acting(), section.id, form.expected, form.values())
        flash(_("Saved."), "success")
        return redirect(url_for("events.section_edit", slug=slug, section_id=section.id))

    def show() -> str:
        files = queries.list_files_of_section(acting(), section.id)
        return render_template(
            "events/section_edit.html",
            form=form,
            upload_form=UploadForm(formdata=None),
            event=section.event,
            section=section,
            files=files,
        )

    return answer_form(form, section, change, show)


@blueprint.post("/<slug>/sections/<int:section_id>/delete")
@access(EDIT, rate="form")
def section_delete(slug: str, section_id: int) -> ResponseReturnValue:
    """Delete a section with its pitches, results and files."""
    section = load_section(slug, section_id)
    try:
        sections.delete_section(acting(), section.id, seen_version())
    except Conflict as conflict:
        question = _("The section is deleted with its pitches, results, files and photos. This can't be undone.")
        back = url_for("events.section_edit", slug=slug, section_id=section.id)
        return ask_again(conflict, section.event, question, _("Delete the section"), back)
    flash(_("“%(title)s” is deleted.", title=section.title), "success")
    return redirect(url_for("events.section_list", slug=slug))


def _move(event_id: int, section_id: int, step: int) -> None:
    try:
        sections.move_section(acting(), event_id, section_id, step)
    except NotFound:
        flash(_("This section is no longer there."), "error")
