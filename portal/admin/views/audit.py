"""The audit log."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_login import current_user

from portal.admin.sentences import sentence, title_of
from portal.admin.views.blueprint import blueprint
from portal.audit.services.queries import AuditFilter, list_actions, list_entries
from portal.web.access import access
from portal.web.paging import read_number


@blueprint.get("/audit")
@access("audit.read")
def audit_list() -> str:
    """What happened, newest first, by action and by whom."""
    wanted = AuditFilter(
        action=request.args.get("action", "")[:80],
        actor_id=read_number(request.args.get("actor")),
        before=read_number(request.args.get("before")),
    )
    entries, next_key = list_entries(current_user, wanted)
    next_url = next_key and url_for("admin.audit_list", action=wanted.action, actor=wanted.actor_id, before=next_key)
    return render_template(
        "portal/admin/audit_list.html",
        entries=[(entry, sentence(entry)) for entry in entries],
        actions=[(name, title_of(name)) for name in list_actions(current_user)],
        wanted=wanted,
        next_url=next_url,
    )
