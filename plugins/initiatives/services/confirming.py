"""Whether somebody should look again if all is still true."""

from __future__ import annotations

from datetime import timedelta

from plugins.initiatives.models import Profile
from plugins.initiatives.settings import MONTHS
from portal.sdk.database import utcnow
from portal.sdk.settings import setting

MONTH = timedelta(days=30)


def is_confirmation_due(profile: Profile) -> bool:
    """Whether a published profile was last confirmed longer ago than admins have set."""
    months = setting("initiatives", MONTHS)
    if not months or profile.state != "published" or profile.confirmed_at is None:
        return False
    return profile.confirmed_at < utcnow() - months * MONTH
