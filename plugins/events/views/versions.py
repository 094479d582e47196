"""Earlier versions: the list, a comparison, bringing one back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plugins.events.forms import labels_of
from plugins.events.models import Event
from plugins.events.permissions import EDIT
from plugins.events.services import versions
from plugins.events.services.holding import event_of
from plugins.events.services.versions import Versioned
from plugins.events.views.asking import ask_again, seen_version
from plugins.events.views.blueprint import acting, blueprint, load_event
from portal.sdk.access import access
from portal.sdk.errors import Conflict
from portal.sdk.i18n import gettext as _
from portal.sdk.web import read_number

THING = "/<slug>/versions/<kind>/<int:row_id>"


@blueprint.get(THING)
@access(EDIT)
def version_list(slug: str, kind: str, row_id: int) -> ResponseReturnValue:
    """Every version of an event, section or pitch."""
    row = _load(slug, kind, row_id)
    revisions, next_number = versions.list_versions(acting(), row, read_number(request.args.get("before")))
    return render_template(
        "events/version_list.html",
        event=event_of(row),
        row=row,
        kind=kind,
        revisions=revisions,
        next_number=next_number,
    )


@blueprint.get(THING + "/compare")
@access(EDIT)
def version_compare(slug: str, kind: str, row_id: int) -> ResponseReturnValue:
    """Two versions side by side, word by word."""
    row = _load(slug, kind, row_id)
    older, newer = (read_number(request.args.get(name)) or 1 for name in ("older", "newer"))
    return render_template(
        "events/version_compare.html",
        event=event_of(row),
        row=row,
        kind=kind,
        comparison=versions.compare_versions(acting(), row, older, newer),
        labels=labels_of(type(row)),
    )


@blueprint.post(THING + "/restore")
@access(EDIT, rate="form")
def version_restore(slug: str, kind: str, row_id: int) -> ResponseReturnValue:
    """Bring the texts of a version back, as a new version."""
    row = _load(slug, kind, row_id)
    number = read_number(request.form.get("number")) or 0
    comment = _("Version %(number)s restored", number=number)
    try:
        restored = versions.restore_version(acting(), kind, row, seen_version(), number, comment)
    except Conflict as conflict:
        question = _("The texts of version %(number)s become the current ones.", number=number)
        yes, back = _("Bring version %(number)s back", number=number), _list_url(event_of(row), kind, row_id)
        return ask_again(conflict, event_of(row), question, yes, back, number=number)
    flash(_("The texts of version %(number)s are back.", number=number), "success")
    return redirect(_list_url(event_of(restored), kind, row_id))


def _list_url(event: Event, kind: str, row_id: int) -> str:
    return url_for("events.version_list", slug=event.slug, kind=kind, row_id=row_id)


def _load(slug: str, kind: str, row_id: int) -> Versioned:
    return versions.get_versioned(acting(), load_event(slug).id, kind, row_id)
