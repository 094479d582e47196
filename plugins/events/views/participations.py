"""Who took part, for the editorial office: adding, changing, removing."""

from __future__ import annotations

from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import ParticipationForm, PeopleForm, PersonForm, participation_values
from plugins.events.models import Event, Participation
from plugins.events.permissions import EDIT
from plugins.events.services import participations, queries
from plugins.events.services.pasting import Problem
from plugins.events.views.blueprint import REFUSED, acting, answer_form, blueprint, load_event
from plugins.events.views.gone import keeps_text
from portal.sdk.access import access
from portal.sdk.errors import Invalid, NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import ngettext
from portal.sdk.web import options, sentence_of

BOTH = ("GET", "POST")
Form = TypeVar("Form", bound=ParticipationForm)


@blueprint.route("/<slug>/edit/participants", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(lambda: _with_organisations(PersonForm()))
def participation_list(slug: str) -> ResponseReturnValue:
    """Everybody who took part, and a form for one more."""
    event = load_event(slug)
    form = PersonForm(role="participant")

    def change() -> ResponseReturnValue:
        participation = participations.create_participation(acting(), event.id, form.values())
        flash(_("%(name)s is in the list.", name=participation.member.name), "success")
        return redirect(url_for("events.participation_list", slug=slug))

    return answer_form(_with_organisations(form), None, change, lambda: _show(event, form, PeopleForm(formdata=None)))


@blueprint.post("/<slug>/edit/participants/several")
@access(EDIT, rate="form")
@keeps_text(PeopleForm)
def participation_add(slug: str) -> ResponseReturnValue:
    """Several people at once, one a line."""
    event, form, problems = load_event(slug), PeopleForm(), []
    if form.validate():
        try:
            pasted = participations.add_participations(
                acting(), event.id, form.lines.data or "", is_listed=form.all_listed.data, is_new=form.all_new.data
            )
        except Invalid as refusal:
            form.add_error(refusal)
        else:
            if not pasted.problems:
                return _tell(slug, pasted.added, pasted.known)
            problems = pasted.problems
            form.add_error(Invalid("Nothing is saved yet: please mend the lines named below.", "lines"))
    return _show(event, _with_organisations(PersonForm(formdata=None)), form, problems), REFUSED


@blueprint.route("/<slug>/participations/<int:participation_id>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(lambda: _with_organisations(ParticipationForm()))
def participation_edit(slug: str, participation_id: int) -> ResponseReturnValue:
    """For whom and as what somebody took part, and whether others may see that."""
    participation = _load(slug, participation_id)
    form = ParticipationForm(data=participation_values(participation))
    _with_organisations(form, participation.organisation_id)

    def change() -> ResponseReturnValue:
        participations.update_participation(acting(), participation.id, form.expected, form.values())
        flash(_("Saved."), "success")
        return redirect(url_for("events.participation_list", slug=slug))

    return answer_form(
        form,
        participation,
        change,
        lambda: render_template(
            "events/participation_edit.html", form=form, event=participation.event, participation=participation
        ),
    )


@blueprint.post("/<slug>/participations/<int:participation_id>/delete")
@access(EDIT, rate="form")
def participation_delete(slug: str, participation_id: int) -> ResponseReturnValue:
    """Take somebody out of the list."""
    participation = _load(slug, participation_id)
    name = participation.member.name
    participations.delete_participation(acting(), participation.id)
    flash(_("%(name)s is no longer in the list.", name=name), "success")
    return redirect(url_for("events.participation_list", slug=slug))


def _show(event: Event, form: PersonForm, people_form: PeopleForm, problems: list[Problem] | None = None) -> str:
    after = request.args.get("after", "")
    count, listed = queries.count_participations(acting(), event)
    return render_template(
        "events/participation_list.html",
        event=event,
        form=form,
        people_form=people_form,
        problems=[(one.line, sentence_of(one.refusal)) for one in problems or ()],
        page=queries.list_all_participations(acting(), event.id, after),
        after=after,
        count=count,
        listed=listed,
    )


def _load(slug: str, participation_id: int) -> Participation:
    participation = queries.get_participation_to_edit(acting(), participation_id)
    if participation.event.slug != slug:
        raise NotFound
    return participation


def _with_organisations(form: Form, present: int | None = None) -> Form:
    form.organisation_id.choices = options([("", _("None")), *queries.list_organisations(present)])
    return form


def _tell(slug: str, added: int, known: int) -> ResponseReturnValue:
    flash(ngettext("%(num)s person is added.", "%(num)s people are added.", added), "success" if added else "info")
    if known:
        flash(ngettext("%(num)s person was in the list already.", "%(num)s people were in the list already.", known))
    return redirect(url_for("events.participation_list", slug=slug))
