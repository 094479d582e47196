"""The audit log."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from flask_login import current_user

from portal.admin.exports import FORMATS
from portal.admin.sentences import sentence, title_of
from portal.admin.subjects import changes_of
from portal.admin.views.blueprint import blueprint
from portal.audit.services import queries
from portal.audit.services.queries import AuditFilter
from portal.database import reading, utcnow
from portal.web.access import access
from portal.web.paging import read_number

FILTERS = ("action", "actor", "thing", "since", "until", "q")


@blueprint.get("/audit")
@access("audit.read")
def audit_list() -> str:
    """What happened, newest first, by words, action, person, thing and days."""
    wanted = _wanted(request.args)
    entries, next_key = queries.list_entries(current_user, wanted)
    chosen = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return render_template(
        "portal/admin/audit_list.html",
        entries=[(entry, sentence(entry), changes_of(entry)) for entry in entries],
        actions=sorted(((name, title_of(name)) for name in queries.list_actions(current_user)), key=lambda one: one[1]),
        chosen=chosen,
        next_url=next_key and url_for("admin.audit_list", before=next_key, **dict[str, Any](chosen)),
    )


@blueprint.post("/audit/export")
@access("audit.read", rate="form", confirmed=True)
def audit_export() -> ResponseReturnValue:
    """What is shown as a file, all pages of it; that somebody took it is recorded."""
    write, media_type = FORMATS.get(request.form.get("format", ""), (None, ""))
    if write is None:
        abort(400)
    with reading():
        text = io.StringIO()
        write(queries.iterate_entries(current_user, _wanted(request.form)), text)
    queries.record_export(current_user)
    name = f"audit-{utcnow().date().isoformat()}.{request.form['format']}"
    file = io.BytesIO(text.getvalue().encode("utf-8-sig" if media_type == "text/csv" else "utf-8"))
    return send_file(file, mimetype=media_type, as_attachment=True, download_name=name)


def _wanted(sent: Any) -> AuditFilter:
    subject_type, _dot, subject_id = sent.get("thing", "")[:120].rpartition(":")
    until = _day(sent.get("until", ""))
    return AuditFilter(
        action=sent.get("action", "")[:80],
        actor_id=read_number(sent.get("actor")),
        thing=(subject_type, subject_id),
        since=_day(sent.get("since", "")),
        until=until and until + timedelta(days=1),
        words=sent.get("q", "")[:100].replace("\0", "").split()[:6],
        before=read_number(sent.get("before")),
    )


def _day(text: str) -> datetime | None:
    """The beginning of a day in the portal's time zone; None for what is no day that can be compared."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), get_timezone()) if 1970 <= day.year <= 9000 else None
