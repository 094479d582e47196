"""How many notices wait, counted with the log-in. That room builds on this one, so its table is named, not imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DateTime, Integer, Label, String, bindparam, column, func, select, table

from portal.members.models import Member

notice = table(
    "notice", column("member_id", Integer), column("kind", String), column("read_at", DateTime(timezone=True))
)


def unread_notices() -> Label[Any]:
    """A column of the query for members: how many notices of the parameter ``kinds`` they have not read."""
    unread = (notice.c.member_id == Member.id, notice.c.read_at.is_(None))
    wanted = notice.c.kind.in_(bindparam("kinds", expanding=True))
    counted = select(func.count()).select_from(notice).where(*unread, wanted)
    return counted.correlate(Member).scalar_subquery().label("unread")
