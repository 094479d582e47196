"""How the plugin is."""

from __future__ import annotations

from plugins.events.services import queries
from plugins.events.services.principals import TEAM
from portal.sdk.access import system
from portal.sdk.contributions import Check
from portal.sdk.i18n import gettext as _
from portal.sdk.i18n import ngettext


def list_checks() -> list[Check]:
    """Counts what is there, and looks for drafts or what is below them that others than the team could read."""
    states, are_closed = queries.count_states(system()), not queries.count_open_rows(system(), [TEAM])
    published, drafts = states.get("published", 0), states.get("draft", 0)
    counted = [
        ngettext("%(num)s published", "%(num)s published", published),
        ngettext("%(num)s draft", "%(num)s drafts", drafts),
    ]
    return [
        Check(_("Events"), True, ", ".join(counted)),
        Check(_("Audiences"), are_closed, _("Drafts are closed") if are_closed else _("A draft can be read by others")),
    ]
