"""What happened in one's own account."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from portal.admin.sentences import sentence
from portal.admin.subjects import changes_of
from portal.audit.services.queries import list_own_entries
from portal.permissions.actor import MEMBER
from portal.web.access import access
from portal.web.paging import read_number

blueprint = Blueprint("activity", __name__)


@blueprint.get("/me/activity")
@access(MEMBER)
def activity_list() -> str:
    """What I did, and what others did to my account, newest first."""
    entries, next_key = list_own_entries(current_user, read_number(request.args.get("before")))
    return render_template(
        "portal/admin/activity_list.html",
        entries=[(entry, sentence(entry), changes_of(entry)) for entry in entries],
        next_url=next_key and url_for("activity.activity_list", before=next_key),
    )
