"""How the system is."""

from __future__ import annotations

from flask import render_template
from flask_login import current_user

from portal.admin.services.system import get_facts
from portal.admin.views.blueprint import blueprint
from portal.plugin_host.navigation import the_host
from portal.privacy.services.remaining import count_remainders
from portal.retention.services.keeping import list_states
from portal.web.access import access


@blueprint.get("/system")
@access("system.read")
def system_show() -> str:
    """Versions, parts, health of the plugins, settings with secrets masked."""
    host = the_host()
    health = [(host.plugins[name], checks) for name, checks in host.hooks.ask("portal_health")]
    return render_template(
        "portal/admin/system_show.html",
        state=get_facts(current_user, host.settings),
        health=health,
        rules=list_states(),
        remainders=count_remainders(),
    )
