"""Creating, editing and publishing events."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import EventForm, event_values
from plugins.events.permissions import EDIT
from plugins.events.services import events, queries
from plugins.events.views.blueprint import acting, answer_form, blueprint, load_event
from plugins.events.views.gone import keeps_text
from portal.sdk.access import access
from portal.sdk.errors import Invalid
from portal.sdk.i18n import gettext as _
from portal.sdk.web import options

BOTH = ("GET", "POST")


@blueprint.route("/new", methods=BOTH)
@access(EDIT, rate="form")
def event_create() -> ResponseReturnValue:
    """A new draft."""
    form = _with_topics(EventForm(timezone="Europe/Berlin", audience_choice="public", language="de"))

    def change() -> ResponseReturnValue:
        event = events.create_event(acting(), form.values(), form.key)
        flash(_("The draft is saved. Now put the programme together."), "success")
        return redirect(url_for("events.section_list", slug=event.slug))

    return answer_form(form, None, change, lambda: render_template("events/event_create.html", form=form))


@blueprint.route("/<slug>/edit", methods=BOTH)
@access(EDIT, rate="form")
@keeps_text(lambda: _with_topics(EventForm()), "events.event_create")
def event_edit(slug: str) -> ResponseReturnValue:
    """The basics of an event."""
    event = load_event(slug)
    form = _with_topics(EventForm(data=event_values(event)))

    def change() -> ResponseReturnValue:
        changed = events.update_event(acting(), event.id, form.expected, form.values())
        flash(_("Saved."), "success")
        return redirect(url_for("events.event_edit", slug=changed.slug))

    return answer_form(form, event, change, lambda: render_template("events/event_edit.html", form=form, event=event))


@blueprint.post("/<slug>/publish")
@access(EDIT, rate="form")
def event_publish(slug: str) -> ResponseReturnValue:
    """Show the event to those its audience names."""
    event = events.publish_event(acting(), load_event(slug).id)
    flash(_("The event is published."), "success")
    return redirect(url_for("events.event_show", slug=event.slug))


@blueprint.post("/<slug>/withdraw")
@access(EDIT, rate="form")
def event_withdraw(slug: str) -> ResponseReturnValue:
    """Make the event a draft again."""
    event = events.withdraw_event(acting(), load_event(slug).id)
    flash(_("The event is a draft again. Only the editorial office sees it."), "success")
    return redirect(url_for("events.event_show", slug=event.slug))


@blueprint.post("/<slug>/delete")
@access(EDIT, rate="form")
def event_delete(slug: str) -> ResponseReturnValue:
    """Delete a draft with everything in it."""
    event = load_event(slug)
    try:
        events.delete_event(acting(), event.id)
    except Invalid as refusal:
        flash(_(refusal.message), "error")
        return redirect(url_for("events.event_edit", slug=slug))
    flash(_("“%(title)s” is deleted.", title=event.title), "success")
    return redirect(url_for("events.event_list"))


def _with_topics(form: EventForm) -> EventForm:
    form.topic_ids.choices = options((topic.id, topic.title) for topic in queries.list_topics())
    return form
