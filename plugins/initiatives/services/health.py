"""How the plugin is."""

from __future__ import annotations

from sqlalchemy import func, select

from plugins.initiatives.models import Profile
from portal.sdk.contributions import Check
from portal.sdk.database import session
from portal.sdk.i18n import gettext as _


def list_checks() -> list[Check]:
    """How many profiles are published, and whether each of them has its place on the map."""
    published = select(func.count()).select_from(Profile).where(Profile.state == "published")
    total = session.scalar(published) or 0
    lost = session.scalar(published.where(Profile.latitude.is_(None))) or 0
    return [
        Check(_("Profiles"), True, _("%(number)s profiles are published.", number=total)),
        Check(_("Places on the map"), lost == 0, _("%(number)s of them have no place on the map.", number=lost)),
    ]
