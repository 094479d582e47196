"""How the plugin is."""

from __future__ import annotations

from plugins.initiatives.services.queries import count_published
from portal.sdk.access import system
from portal.sdk.contributions import Check
from portal.sdk.i18n import gettext as _


def list_checks() -> list[Check]:
    """How many profiles are published, and whether each of them has its place on the map."""
    total, lost = count_published(system())
    on_map = _("%(number)s of them have no place on the map.", number=lost) if lost else _("Each has its place.")
    return [
        Check(_("Profiles"), True, _("%(number)s profiles are published.", number=total)),
        Check(_("Places on the map"), lost == 0, on_map),
    ]
