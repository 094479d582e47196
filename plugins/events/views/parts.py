"""Pitches and results of a section."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import PitchForm, ResultForm, pitch_values, result_values
from plugins.events.models import Pitch, Result, Section
from plugins.events.permissions import EDIT
from plugins.events.services import pitches, queries, results
from plugins.events.services.people import find_person
from plugins.events.views.asking import ask_again, seen_version
from plugins.events.views.blueprint import acting, answer_form, blueprint, load_section
from plugins.events.views.gone import keeps_text
from portal.sdk.access import access
from portal.sdk.errors import Conflict, NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.network import Member
from portal.sdk.web import options

BOTH = ("GET", "POST")


@blueprint.route("/<slug>/sections/<int:section_id>/pitches/new", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(lambda: _with_choices(PitchForm()), "events.pitch_create")
def pitch_create(slug: str, section_id: int) -> ResponseReturnValue:
    """A new pitch."""
    section = load_section(slug, section_id)
    form = _with_choices(PitchForm())

    def change() -> ResponseReturnValue:
        pitches.create_pitch(acting(), section.id, _pitch_of(form), form.key)
        return _back(slug, section, _("The pitch is saved."), "pitches")

    return answer_form(
        form,
        None,
        change,
        lambda: render_template("events/pitch_create.html", form=form, section=section, event=section.event),
    )


@blueprint.route("/<slug>/pitches/<int:pitch_id>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(lambda: _with_choices(PitchForm()), "events.pitch_create")
def pitch_edit(slug: str, pitch_id: int) -> ResponseReturnValue:
    """A pitch's texts."""
    pitch = _load_pitch(slug, pitch_id)
    form = _with_choices(PitchForm(data=pitch_values(acting(), pitch)), pitch.organisation_id)

    def change() -> ResponseReturnValue:
        pitches.update_pitch(acting(), pitch.id, form.expected, _pitch_of(form, pitch.presenter))
        return _back(slug, pitch.section, _("The pitch is saved."), "pitches")

    return answer_form(
        form,
        pitch,
        change,
        lambda: render_template(
            "events/pitch_edit.html", form=form, section=pitch.section, event=pitch.section.event, pitch=pitch
        ),
    )


@blueprint.post("/<slug>/pitches/<int:pitch_id>/delete")
@access(EDIT, rate="form")
def pitch_delete(slug: str, pitch_id: int) -> ResponseReturnValue:
    """Delete a pitch."""
    pitch = _load_pitch(slug, pitch_id)
    section = pitch.section
    try:
        pitches.delete_pitch(acting(), pitch.id, seen_version())
    except Conflict as conflict:
        question, back = _("Delete this pitch for good?"), url_for("events.pitch_edit", slug=slug, pitch_id=pitch.id)
        return ask_again(conflict, section.event, question, _("Delete the pitch"), back)
    return _back(slug, section, _("The pitch is deleted."), "pitches")


@blueprint.route("/<slug>/sections/<int:section_id>/results/new", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(ResultForm, "events.result_create")
def result_create(slug: str, section_id: int) -> ResponseReturnValue:
    """A new result, insight or summary."""
    section = load_section(slug, section_id)
    form = ResultForm(kind="measure")

    def change() -> ResponseReturnValue:
        results.create_result(acting(), section.id, _result_of(form), form.key)
        return _back(slug, section, _("The result is saved."), "results")

    return answer_form(
        form,
        None,
        change,
        lambda: render_template("events/result_create.html", form=form, section=section, event=section.event),
    )


@blueprint.route("/<slug>/results/<int:result_id>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(ResultForm, "events.result_create")
def result_edit(slug: str, result_id: int) -> ResponseReturnValue:
    """A result's text."""
    result = _load_result(slug, result_id)
    form = ResultForm(data=result_values(acting(), result))

    def change() -> ResponseReturnValue:
        results.update_result(acting(), result.id, form.expected, _result_of(form, result.author))
        return _back(slug, result.section, _("The result is saved."), "results")

    return answer_form(
        form,
        result,
        change,
        lambda: render_template(
            "events/result_edit.html", form=form, section=result.section, event=result.section.event
        ),
    )


@blueprint.post("/<slug>/results/<int:result_id>/delete")
@access(EDIT, rate="form")
def result_delete(slug: str, result_id: int) -> ResponseReturnValue:
    """Delete a result."""
    result = _load_result(slug, result_id)
    section = result.section
    try:
        results.delete_result(acting(), result.id, seen_version())
    except Conflict as conflict:
        question, back = (
            _("Delete this result for good?"),
            url_for("events.result_edit", slug=slug, result_id=result.id),
        )
        return ask_again(conflict, section.event, question, _("Delete the result"), back)
    return _back(slug, section, _("The result is deleted."), "results")


def _load_pitch(slug: str, pitch_id: int) -> Pitch:
    pitch = queries.get_pitch_to_edit(acting(), pitch_id)
    if pitch.section.event.slug != slug:
        raise NotFound
    return pitch


def _load_result(slug: str, result_id: int) -> Result:
    result = queries.get_result_to_edit(acting(), result_id)
    if result.section.event.slug != slug:
        raise NotFound
    return result


def _with_choices(form: PitchForm, present: int | None = None) -> PitchForm:
    form.organisation_id.choices = options([("", _("None")), *queries.list_organisations(present)])
    form.topic_ids.choices = options((topic.id, topic.title) for topic in queries.list_topics())
    return form


def _pitch_of(form: PitchForm, presenter: Member | None = None) -> dict[str, Any]:
    values = form.values()
    person = find_person(acting(), values.pop("presenter"), "presenter", presenter)
    return values | {"presenter_id": person.id if person else None}


def _result_of(form: ResultForm, author: Member | None = None) -> dict[str, Any]:
    values = form.values()
    person = find_person(acting(), values.pop("author"), "author", author)
    return values | {"author_id": person.id if person else None}


def _back(slug: str, section: Section, message: str, anchor: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("events.section_edit", slug=slug, section_id=section.id, _anchor=anchor))
