"""Saving what is no longer there: who wrote meanwhile gets their text back, who deleted it, and a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import HIDDEN
from plugins.events.models import EVENT, SECTION, Event
from plugins.events.services import queries
from plugins.events.views.blueprint import acting, in_words
from portal.sdk.audit import find_last_change
from portal.sdk.errors import NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.web import PortalForm

View = Callable[..., ResponseReturnValue]
GONE = 410


@dataclass(frozen=True)
class Missing:
    """What is gone: how the page says it, where the audit log has its end, and the page to go on from."""

    sentence: Any
    subject: str
    ending: str = "_deleted"
    overview: str = "events.section_list"


WHOLE_EVENT = Missing(_l("This event was deleted while you were writing"), EVENT)
BY_NUMBER = {
    "section_id": Missing(_l("This section was deleted while you were writing"), SECTION),
    "pitch_id": Missing(_l("This pitch was deleted while you were writing"), "events.pitch"),
    "result_id": Missing(_l("This result was deleted while you were writing"), "events.result"),
    "participation_id": Missing(
        _l("This entry was deleted while you were writing"),
        "events.participation",
        "_removed",
        "events.participation_list",
    ),
    "attachment_id": Missing(
        _l("This file was deleted while you were writing"), "files.attachment", ".deleted", "events.file_list"
    ),
}


def keeps_text(make_form: Callable[[], PortalForm], again: str = "") -> Callable[[View], View]:
    """Answer the saving of what is gone with everything that was typed into ``make_form()``.

    ``again`` is the endpoint that makes a new one from the same form, where there is one. An event that only got
    another address in the meantime is found there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(slug: str, **numbers: Any) -> ResponseReturnValue:
            try:
                return view(slug, **numbers)
            except NotFound:
                if moved := queries.find_moved_event(acting(), slug):
                    return redirect(url_for(str(request.endpoint), slug=moved.slug, **numbers), 307)
                event = _find_event(slug)
                if request.method != "POST" or (event and not numbers):
                    raise
            return _gone_page(make_form(), again, event, numbers), GONE

        return kept

    return decorate


def _gone_page(form: PortalForm, again: str, event: Event | None, numbers: dict[str, Any]) -> str:
    missing, change = WHOLE_EVENT, {}
    if event is not None:
        ((name, number),) = numbers.items()
        missing = BY_NUMBER[name]
        change = find_last_change(missing.subject, number, missing.ending)
    fields = [field for field in form if field.name not in HIDDEN]
    return render_template(
        "events/gone.html",
        event=event,
        missing=missing,
        who=change.get("who", ""),
        when=change.get("when"),
        form=form,
        fields=fields,
        typed=[(field.label.text, in_words(field, field.data)) for field in fields],
        ways=_list_ways(again, event),
        overview=url_for(missing.overview, slug=event.slug) if event else url_for("events.event_list"),
    )


def _find_event(slug: str) -> Event | None:
    try:
        return queries.get_event(acting(), slug)
    except NotFound:
        return None


def _list_ways(again: str, event: Event | None) -> list[tuple[str, str]]:
    """What buttons say and where they send the form, so that it becomes something new."""
    if again == "events.event_create":
        return [(_("Save as a new event"), url_for(again))]
    if event is None or not again:
        return []
    if again == "events.section_create":
        return [(_("Save as a new section"), url_for(again, slug=event.slug))]
    return [
        (_("Save in “%(title)s”", title=one.title), url_for(again, slug=event.slug, section_id=one.id))
        for one in queries.list_all_sections(acting(), event.id)
    ]
