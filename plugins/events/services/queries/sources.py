"""What events refer to: organisations and topics, which everybody may know."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from portal.sdk.database import session
from portal.sdk.network import Organisation, Topic


def list_organisations(present: int | None = None) -> list[tuple[int, str]]:
    """Id and name of every organisation, by name, for choosing one; of archived ones only ``present``, which stays."""
    offered = or_(Organisation.archived_at.is_(None), Organisation.id == (present or 0))
    columns = select(Organisation.id, Organisation.name).where(offered)
    rows = session.execute(columns.order_by(Organisation.sort_name))
    return [(row.id, row.name) for row in rows]


def list_topics() -> list[Topic]:
    """Every topic, by title, for choosing."""
    return list(session.scalars(select(Topic).order_by(Topic.title)))


def list_topics_with(ids: Iterable[int]) -> list[Topic]:
    """The topics with these ids, by title; unknown ones are left out."""
    return list(session.scalars(select(Topic).where(Topic.id.in_(list(ids))).order_by(Topic.title)))
