"""What the plugin knows of one person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from plugins.initiatives.models import Profile
from portal.sdk.database import session


def collect(member_id: int) -> dict[str, object]:
    """The profiles that somebody was the last to change."""
    changed = select(Profile).where(Profile.changed_by_id == member_id).options(joinedload(Profile.organisation))
    return {
        "profiles_changed_last": [
            {"organisation": one.organisation.name, "at": one.changed_at} for one in session.scalars(changed)
        ]
    }
