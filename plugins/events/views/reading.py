"""Pages for readers: the list, an event's report, who was there."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plugins.events.models import Event
from plugins.events.permissions import EDIT
from plugins.events.services import queries, reports
from plugins.events.views.blueprint import acting, blueprint, load_event
from portal.sdk.access import MEMBER, PUBLIC, access
from portal.sdk.database import utcnow
from portal.sdk.errors import NotFound


@blueprint.get("/")
@access(PUBLIC, cache="public")
def event_list() -> ResponseReturnValue:
    """Coming events, then past ones, newest first, by year."""
    year = request.args.get("year", type=int)
    year = year if year and 1 < year < 9999 else None
    before = request.args.get("before", "")
    return render_template(
        "events/event_list.html",
        upcoming=[] if year or before else queries.list_upcoming(acting()),
        past=queries.list_past(acting(), year, before),
        years=queries.list_years(acting()),
        year=year,
        before=before,
        can_edit=acting().can(EDIT),
    )


@blueprint.get("/<slug>")
@access(PUBLIC, cache="public")
def event_show(slug: str) -> ResponseReturnValue:
    """One event with all that the reader may see of it; an address that it had before leads here."""
    try:
        report = reports.get_report(acting(), slug)
    except NotFound:
        return _redirect_to_moved(slug)
    return _show(report)


@blueprint.get("/<slug>/pitches/<int:pitch_id>")
@access(PUBLIC, cache="public")
def pitch_show(slug: str, pitch_id: int) -> str:
    """One pitch: who met which challenge how."""
    pitch = queries.get_pitch(acting(), slug, pitch_id)
    others = [one for one in queries.list_pitches_of_section(acting(), pitch.section_id) if one.id != pitch.id]
    return render_template(
        "events/pitch_show.html",
        pitch=pitch,
        event=pitch.section.event,
        others=others,
        can_edit=acting().can(EDIT),
    )


@blueprint.get("/<slug>/photos")
@access(PUBLIC, cache="public")
def photo_list(slug: str) -> str:
    """Every photo that the reader may see, by section."""
    report = reports.get_report(acting(), slug)
    return render_template("events/photo_list.html", event=report.event, report=report)


@blueprint.get("/<slug>/preview/<viewpoint>")
@access(EDIT)
def event_preview(slug: str, viewpoint: str) -> ResponseReturnValue:
    """The event as the public or a member will see it once it is published."""
    if viewpoint not in reports.VIEWPOINTS:
        raise NotFound
    report = reports.get_report(acting(), slug)
    return _show(reports.preview_report(report, viewpoint), viewpoint)


@blueprint.get("/<slug>/participants")
@access(MEMBER)
def participant_list(slug: str) -> ResponseReturnValue:
    """Who was there and agreed to be listed, for those who were there too."""
    event, after = load_event(slug), request.args.get("after", "")
    return render_template(
        "events/participant_list.html",
        event=event,
        page=queries.list_participations(acting(), event, after),
        after=after,
        listed=queries.count_participations(acting(), event)[1],
        is_over=_is_over(event),
    )


def _show(report: reports.Report, viewpoint: str = "") -> str:
    event = report.event
    return render_template(
        "events/event_show.html",
        report=report,
        event=event,
        viewpoint=viewpoint,
        is_over=_is_over(event),
        can_edit=acting().can(EDIT) and not viewpoint,
        can_see_people=queries.has_taken_part(acting(), event) and not viewpoint,
        is_outside=viewpoint == "public" or not acting().is_authenticated,
        would_see=not viewpoint or reports.can_preview(event, viewpoint),
    )


def _is_over(event: Event) -> bool:
    return (event.ends_at or event.starts_at) < utcnow()


def _redirect_to_moved(slug: str) -> ResponseReturnValue:
    moved = queries.find_moved_event(acting(), slug)
    if moved is None:
        raise NotFound
    return redirect(url_for("events.event_show", slug=moved.slug), 301)
